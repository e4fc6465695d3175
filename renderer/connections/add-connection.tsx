import { useState } from 'react';
import type { Arguments, Output } from '../../app/contract/procedures.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Tabs } from '../design/components/tabs.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { FoundServers } from './found-servers.tsx';
import { ServiceForm, isComplete, usualService, type Service, type ServiceKind } from './service-form.tsx';
import { TestResult } from './test-result.tsx';
import { useSetUp } from './use-set-up.ts';

const ways = ['found', 'azure-openai', 'openai-compatible', 'azure-vision'] as const;
type Way = (typeof ways)[number];

/** Sets up a connection and tries it at once: it is only of use when it answers. */
export function AddConnection({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  /** With the connection that was set up, if one was. */
  readonly onClose: (connectionId?: Output<'connection.save'>['id']) => void;
}) {
  const texts = useTexts();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => {
        onClose();
      }}
      title={texts.connections.addTitle}
      size="large"
    >
      <ConnectionSetup onDone={onClose} />
    </Dialog>
  );
}

type SetupProps = {
  /** A connection was saved, and its person wants to go on. */
  readonly onDone: (connectionId: Output<'connection.save'>['id']) => void;
};

/** The ways to a connection, without the dialog around them. */
function ConnectionSetup({ onDone }: SetupProps) {
  const texts = useTexts();
  const [way, setWay] = useState<Way>('found');
  const [picked, setPicked] = useState<Arguments<'connection.save'>>();
  const [services, setServices] = useState<Record<ServiceKind, Service>>(usualService);
  const setUp = useSetUp();
  const settings = way === 'found' ? picked : toSettings(way, services[way]);
  const tryIt = (): void => {
    if (settings === undefined || setUp.isTrying) return;
    void setUp.run(settings, way === 'found' ? '' : services[way].key);
  };
  return (
    <form
      className="setup"
      onSubmit={(event) => {
        event.preventDefault();
        tryIt();
      }}
    >
      <Tabs
        label={texts.connections.addTitle}
        value={way}
        onChange={(chosen) => {
          setWay(chosen);
          setUp.forget();
        }}
        tabs={ways.map((value) => ({
          value,
          label: texts.connections.ways[value],
          content:
            value === 'found' ? (
              <FoundServers picked={picked} onPick={setPicked} />
            ) : (
              <ServiceForm
                kind={value}
                service={services[value]}
                onChange={(service) => {
                  setServices((all) => ({ ...all, [value]: service }));
                  setUp.forget();
                }}
              />
            ),
        }))}
      />
      {setUp.error !== null && <ErrorBanner error={setUp.error} />}
      {setUp.result !== undefined && <TestResult result={setUp.result} />}
      <div className="run-steps setup-actions">
        <Button
          kind={setUp.result?.isUsable === true ? 'plain' : 'primary'}
          type="submit"
          disabled={settings === undefined}
          isBusy={setUp.isTrying}
        >
          {setUp.isTrying ? texts.connections.testing : texts.connections.saveAndTest}
        </Button>
        {setUp.connectionId !== undefined && (
          <Button
            kind={setUp.result?.isUsable === true ? 'primary' : 'plain'}
            onClick={() => {
              if (setUp.connectionId !== undefined) onDone(setUp.keep(setUp.connectionId));
            }}
          >
            {setUp.result?.isUsable === true ? texts.connections.goOn : texts.connections.keepAnyway}
          </Button>
        )}
      </div>
    </form>
  );
}

function toSettings(kind: ServiceKind, service: Service): Arguments<'connection.save'> | undefined {
  if (!isComplete(kind, service)) return undefined;
  const { endpoint, deployment, apiVersion, modelId, signIn } = service;
  if (kind === 'azure-vision') return { kind, endpoint, signIn };
  return {
    kind,
    endpoint,
    deployment,
    ...(kind === 'azure-openai' ? { signIn } : {}),
    ...(apiVersion.trim() === '' ? {} : { apiVersion }),
    ...(modelId.trim() === '' ? {} : { modelId }),
  };
}
