import { CloudUpload, Square } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { Progress } from '../design/components/progress.tsx';
import { useCallOf, useStream } from '../engine/hooks.ts';
import { fileNameOf } from '../photo/photo.ts';
import { formatBytes, formatDuration } from '../texts/format.ts';
import { useLanguage, useMessageOf, useTexts } from '../texts/use-texts.ts';
import { chooseVideos, useChosenVideos } from './chosen-videos.ts';
import type { VideoIndex } from './video-index.ts';

type Video = Output<'videoIndex.plan'>[number];

/** What Cutline fills in by itself. */
const ownFields: ReadonlySet<string> = new Set(['captured', 'camera']);

/** Puts videos into an index: first what that would send, then a yes, then the uploads. */
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
  const adding = useStream('videoIndex.add');
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
  const error = plan.error ?? adding.error;
  const result = adding.output;
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
      <Button disabled={plan.isCalling || adding.isStreaming} onClick={() => void look()}>
        {plan.isCalling ? videoIndex.asking : videoIndex.look}
      </Button>
      {planned !== undefined && <PlanText videos={planned} />}
      {toSend.length > 0 && result === undefined && (
        <>
          <Field
            label={videoIndex.container}
            hint={videoIndex.containerHint}
            type="password"
            autoComplete="off"
            value={container}
            onChange={(event) => {
              setContainer(event.target.value);
            }}
          />
          {!adding.isStreaming && (
            <Button
              kind="primary"
              icon={CloudUpload}
              disabled={container.trim() === ''}
              onClick={() => {
                adding.start({ ...which, container: container.trim(), metadata });
                // It is kept nowhere, not even in the field.
                setContainer('');
              }}
            >
              {videoIndex.go(toSend.length)}
            </Button>
          )}
        </>
      )}
      {adding.isStreaming && <Going adding={adding} />}
      {error !== null && <ErrorBanner error={error} />}
      {result !== undefined && !adding.isStreaming && <Result videos={result} />}
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

function Going({ adding }: { readonly adding: ReturnType<typeof useStream<'videoIndex.add'>> }) {
  const { videoIndex } = useTexts();
  const last = adding.parts.at(-1);
  const label = last === undefined ? videoIndex.stages.waiting : videoIndex.stages[last.stage];
  const isUpload = last?.stage === 'upload';
  // Bytes are counted in megabytes: nobody reads ten digits.
  const scale = isUpload ? 1_000_000 : 1;
  return (
    <div className="video-index-going">
      <Progress
        label={isUpload ? `${label} (MB)` : label}
        done={Math.round((last?.done ?? 0) / scale)}
        total={last === undefined ? null : Math.round(last.total / scale)}
      />
      {last !== undefined && last.path !== null && <p className="setting-hint">{fileNameOf(last.path)}</p>}
      <p className="setting-hint">{videoIndex.stay}</p>
      <Button icon={Square} onClick={adding.stop}>
        {videoIndex.stop}
      </Button>
    </div>
  );
}

function Result({ videos }: { readonly videos: readonly Video[] }) {
  const { videoIndex } = useTexts();
  const messageOf = useMessageOf();
  const failed = videos.filter(({ state }) => state === 'failed');
  return (
    <div role="status">
      <p>{videoIndex.added(videos.filter(({ state }) => state === 'indexed').length)}</p>
      {failed.length > 0 && <p className="field-error">{videoIndex.failed(failed.length)}</p>}
      <ul>
        {failed.map(({ assetId, path, error }) => (
          <li key={assetId}>
            <strong>{fileNameOf(path)}</strong> {error === null ? '' : messageOf(error)}
          </li>
        ))}
      </ul>
    </div>
  );
}
