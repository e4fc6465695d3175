import { CirclePlay, Square } from 'lucide-react';
import { useState } from 'react';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Progress } from '../design/components/progress.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { fileNameOf } from '../photo/photo.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import { ContainerField } from './container-field.tsx';
import type { Addition } from './use-additions.ts';

type AdditionProps = { readonly addition: Addition };

/** Which index it is about, as calls take it. */
const whichOf = ({ connectionId, index }: Addition) => ({ connectionId, index });

/** What the engine puts into an index, whoever looks: how far it is, what keeps it, or what came of it. */
export function AdditionPanel({ addition }: AdditionProps) {
  const { videoIndex } = useTexts();
  return (
    <section className="video-index-addition" aria-label={videoIndex.addition}>
      {addition.state === 'going' && <Going addition={addition} />}
      {(addition.state === 'stopped' || addition.state === 'failed') && <Held addition={addition} />}
      {addition.state === 'done' && <Done addition={addition} />}
    </section>
  );
}

function Going({ addition }: AdditionProps) {
  const { progress } = addition;
  const { videoIndex } = useTexts();
  const { call: stop, isCalling } = useCallOf('videoIndex.stop');
  const label = videoIndex.stages[progress?.stage ?? 'waiting'];
  const isUpload = progress?.stage === 'upload';
  // Bytes are counted in megabytes: nobody reads ten digits.
  const scale = isUpload ? 1_000_000 : 1;
  return (
    <>
      <Progress
        label={isUpload ? `${label} (MB)` : label}
        done={Math.round((progress?.done ?? 0) / scale)}
        total={progress === null ? null : Math.round(progress.total / scale)}
      />
      {progress !== null && progress.path !== null && (
        <p className="setting-hint">{fileNameOf(progress.path)}</p>
      )}
      <p className="setting-hint">{videoIndex.goesOn}</p>
      <Button icon={Square} disabled={isCalling} onClick={() => void stop(whichOf(addition))}>
        {videoIndex.stop}
      </Button>
    </>
  );
}

/** It waits for a person: for a word, or for another address. */
function Held({ addition }: AdditionProps) {
  const { error, needsContainer } = addition;
  const which = whichOf(addition);
  const { videoIndex } = useTexts();
  const messageOf = useMessageOf();
  const goOn = useCallOf('videoIndex.goOn');
  const dismiss = useCallOf('videoIndex.dismiss');
  const [container, setContainer] = useState('');
  const address = container.trim();
  return (
    <>
      {error === null ? (
        <Banner>{videoIndex.stopped}</Banner>
      ) : (
        <Banner kind="problem">
          {messageOf(error)} {videoIndex.nothingLost}
        </Banner>
      )}
      {goOn.error !== null && <ErrorBanner error={goOn.error} />}
      {needsContainer && <ContainerField value={container} onChange={setContainer} />}
      <div className="video-index-actions">
        <Button
          kind="primary"
          icon={CirclePlay}
          disabled={goOn.isCalling || (needsContainer && address === '')}
          onClick={() => {
            void goOn.call({ ...which, ...(needsContainer ? { container: address } : {}) });
            // It is kept nowhere, not even in the field.
            setContainer('');
          }}
        >
          {videoIndex.goOn}
        </Button>
        <Button disabled={dismiss.isCalling} onClick={() => void dismiss.call(which)}>
          {videoIndex.giveUp}
        </Button>
      </div>
    </>
  );
}

function Done({ addition }: AdditionProps) {
  const { videos } = addition;
  const { common, videoIndex } = useTexts();
  const messageOf = useMessageOf();
  const { call: dismiss } = useCallOf('videoIndex.dismiss');
  const failed = videos.filter(({ state }) => state === 'failed');
  return (
    <>
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
      <Button onClick={() => void dismiss(whichOf(addition))}>{common.dismiss}</Button>
    </>
  );
}
