import { CloudUpload } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { formatBytes, formatDuration } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { chooseVideos, useChosenVideos } from './chosen-videos.ts';
import { ContainerField } from './container-field.tsx';
import type { VideoIndex } from './video-index.ts';

type Video = Output<'videoIndex.plan'>[number];

/** What Cutline fills in by itself. */
const ownFields: ReadonlySet<string> = new Set(['captured', 'camera']);

/** Puts videos into an index: first what that would send, then a yes; then the engine does it, see `addition.tsx`. */
export function AddToIndex({
  connectionId,
  index,
}: {
  readonly connectionId: ConnectionId;
  readonly index: VideoIndex;
}) {
  const { videoIndex } = useTexts();
  const chosen = useChosenVideos((state) => state.chosen);
  const plan = useCallOf('videoIndex.plan');
  const begin = useCallOf('videoIndex.begin');
  const [query, setQuery] = useState('');
  const [container, setContainer] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [planned, setPlanned] = useState<readonly Video[]>();
  const which = { connectionId, index: index.name, ...(chosen === null ? { query } : chosen.named) };
  const look = async (): Promise<void> => {
    setPlanned(await plan.call(which));
  };
  const metadata = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
  const toSend = planned?.filter(({ state }) => state === 'planned') ?? [];
  const error = plan.error ?? begin.error;
  return (
    <div className="video-index-panel video-index-add">
      {chosen === null ? (
        <Field
          label={videoIndex.which}
          hint={videoIndex.whichHint}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setPlanned(undefined);
          }}
        />
      ) : (
        <Banner
          actions={
            <Button
              onClick={() => {
                chooseVideos(null);
                setPlanned(undefined);
              }}
            >
              {videoIndex.others}
            </Button>
          }
        >
          {videoIndex.selected(chosen.count)}
        </Banner>
      )}
      {index.fields
        .filter(({ name, type }) => !ownFields.has(name) && type === 'string')
        .map(({ name }) => (
          <Field
            key={name}
            label={videoIndex.valueOf(name)}
            hint={videoIndex.valueHint}
            value={values[name] ?? ''}
            onChange={(event) => {
              setValues({ ...values, [name]: event.target.value });
            }}
          />
        ))}
      <Button disabled={plan.isCalling} onClick={() => void look()}>
        {plan.isCalling ? videoIndex.asking : videoIndex.look}
      </Button>
      {planned !== undefined && <PlanText videos={planned} />}
      {toSend.length > 0 && (
        <>
          <ContainerField value={container} onChange={setContainer} />
          <Button
            kind="primary"
            icon={CloudUpload}
            disabled={container.trim() === '' || begin.isCalling}
            onClick={() => {
              void begin.call({ ...which, container: container.trim(), metadata });
              // It is kept nowhere, not even in the field.
              setContainer('');
            }}
          >
            {videoIndex.go(toSend.length)}
          </Button>
        </>
      )}
      {error !== null && <ErrorBanner error={error} />}
    </div>
  );
}

/** In words: how much would go where, and what stays. */
function PlanText({ videos }: { readonly videos: readonly Video[] }) {
  const { videoIndex } = useTexts();
  const language = useLanguage();
  const planned = videos.filter(({ state }) => state === 'planned');
  const countOf = (state: Video['state']): number => videos.filter((video) => video.state === state).length;
  const bytes = planned.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const durationMs = planned.reduce((sum, video) => sum + video.durationMs, 0);
  return (
    <div role="status" className="video-index-plan">
      {planned.length === 0 ? (
        <p>{videoIndex.nothing}</p>
      ) : (
        <p>
          {videoIndex.plan(
            planned.length,
            formatBytes(bytes, language),
            formatDuration(durationMs, language),
          )}
        </p>
      )}
      {countOf('there') > 0 && <p className="setting-hint">{videoIndex.there(countOf('there'))}</p>}
      {countOf('kept-back') > 0 && (
        <p className="setting-hint">{videoIndex.keptBack(countOf('kept-back'))}</p>
      )}
    </div>
  );
}
