import { Film, FlaskConical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { RemoveButton } from '../design/components/remove-button.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { formatMoney } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { EditConnection } from './edit-connection.tsx';
import { TestResult } from './test-result.tsx';

type ConnectionView = Output<'connection.list'>[number];

/** One connection: who it is, what it costs, how it stands. */
export function ConnectionCard({ connection }: { readonly connection: ConnectionView }) {
  const texts = useTexts();
  const test = useCallOf('connection.test');
  const [result, setResult] = useState<Output<'connection.test'>>();
  const isBuiltIn = connection.kind === 'built-in';
  const run = async (): Promise<void> => {
    setResult(await test.call({ connectionId: connection.id }));
  };
  return (
    <article className="folder" aria-label={connection.name}>
      <header className="folder-head">
        <div className="folder-words">
          <strong>{connection.name}</strong>
          <Facts connection={connection} />
        </div>
        {!isBuiltIn && (
          <>
            <Button icon={FlaskConical} disabled={test.isCalling} onClick={() => void run()}>
              {test.isCalling ? texts.connections.testing : texts.connections.test}
            </Button>
            {connection.kind === 'azure-vision' && (
              <a
                className="button button-plain"
                href={formatRoute({ view: 'video-index', connectionId: connection.id, index: null })}
              >
                <Film aria-hidden size="1.15em" />
                <span className="button-text">{texts.videoIndex.open}</span>
              </a>
            )}
            <Edit
              connection={connection}
              onChanged={() => {
                // It was of what is no more.
                setResult(undefined);
              }}
            />
            <Remove connection={connection} />
          </>
        )}
      </header>
      {connection.error !== null && result === undefined && <ErrorBanner error={connection.error} />}
      {test.error !== null && <ErrorBanner error={test.error} />}
      {result !== undefined && <TestResult result={result} />}
    </article>
  );
}

function Facts({ connection }: { readonly connection: ConnectionView }) {
  const texts = useTexts();
  const language = useLanguage();
  const { kind, endpoint, model, price, isLocal, state, requestsPerMinute } = connection;
  const perMillion = (microUsd: number): string => formatMoney(microUsd, language);
  const parts = [
    texts.connections.kinds[kind],
    ...(endpoint === null ? [] : [hostOf(endpoint)]),
    ...(model === null ? [] : [model]),
    ...(kind === 'built-in' ? [] : [costOf()]),
    ...(requestsPerMinute === null ? [] : [texts.connections.limit(requestsPerMinute)]),
    ...(state === 'ready' ? [] : [texts.connections.states[state]]),
  ];
  return <span className="setting-hint">{parts.join(' · ')}</span>;

  function costOf(): string {
    if (price?.featureMicroUsd !== undefined) {
      const each = Object.values(price.featureMicroUsd).map((microUsd) => microUsd * 1_000);
      return texts.connections.featurePrice(perMillion(Math.min(...each)), perMillion(Math.max(...each)));
    }
    if (price === null) return texts.connections.priceUnknown;
    if (isLocal && price.inputMicroUsdPerMillion === 0) return texts.connections.costsNothing;
    return texts.connections.price(
      perMillion(price.inputMicroUsdPerMillion),
      perMillion(price.outputMicroUsdPerMillion),
    );
  }
}

function hostOf(endpoint: string): string {
  return URL.parse(endpoint)?.host ?? endpoint;
}

function Edit({
  connection,
  onChanged,
}: {
  readonly connection: ConnectionView;
  readonly onChanged: () => void;
}) {
  const texts = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        icon={Pencil}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {texts.connections.edit}
      </Button>
      {isOpen && (
        <EditConnection
          connection={connection}
          onChanged={onChanged}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      )}
    </>
  );
}

function Remove({ connection }: { readonly connection: ConnectionView }) {
  const texts = useTexts();
  const { call, isCalling, error } = useCallOf('connection.remove');
  return (
    <RemoveButton
      icon={Trash2}
      label={texts.folders.remove}
      title={texts.connections.removeTitle(connection.name)}
      agree={texts.connections.remove}
      isCalling={isCalling}
      error={error}
      onRemove={() => call({ connectionId: connection.id })}
    >
      {texts.connections.removeText}
    </RemoveButton>
  );
}
