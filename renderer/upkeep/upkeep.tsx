import { Archive, Eraser, Stethoscope } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Progress } from '../design/components/progress.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf, useStream, type StreamOf } from '../engine/hooks.ts';
import { useFolderChoice } from '../folders/use-folder-choice.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { Findings } from './findings.tsx';
import { VideoDecoderSetting } from './video-decoder.tsx';
import './upkeep.css';

/** Looking after the library: what is not well and what to do about it, and a copy in a safe place. */
export function Upkeep() {
  const examination = useStream('library.doctor');
  const { start } = examination;
  // What costs nothing and asks nobody is looked at without being asked to.
  const look = useCallback(() => {
    start({});
  }, [start]);
  useEffect(look, [look]);
  return (
    <>
      <CheckUp examination={examination} />
      <VideoDecoderSetting onTested={look} />
      <BackUp />
    </>
  );
}

function CheckUp({ examination }: { readonly examination: StreamOf<'library.doctor'> }) {
  const texts = useTexts();
  const { parts, output, error, isStreaming, start } = examination;
  const tidy = useCallOf('library.tidy');
  const canTidy = parts.some(({ code }) => code === 'renditions-orphaned');
  const tidyUp = async (): Promise<void> => {
    const tidied = await tidy.call({});
    if (tidied === undefined) return;
    showToast(texts.upkeep.tidied(tidied.files, tidied.sizeBytes));
    start({});
  };
  const wrong = error ?? tidy.error;
  return (
    <div>
      <p className="setting-hint">{texts.upkeep.checkUpText}</p>
      <div className="upkeep-steps">
        <Button
          icon={Stethoscope}
          disabled={isStreaming}
          onClick={() => {
            start({ online: true });
          }}
        >
          {texts.upkeep.online}
        </Button>
        {canTidy && (
          <Button icon={Eraser} disabled={tidy.isCalling || isStreaming} onClick={() => void tidyUp()}>
            {texts.upkeep.tidy}
          </Button>
        )}
      </div>
      {wrong !== null && <ErrorBanner error={wrong} />}
      <Findings findings={parts} isComplete={output !== undefined} />
    </div>
  );
}

function BackUp() {
  const texts = useTexts();
  const { parts, output, error, isStreaming, start, stop } = useStream('library.backUp');
  const { choose, picker } = useFolderChoice(texts.upkeep.backUpTitle, ([folder]) => {
    start({ folder });
  });
  return (
    <section aria-label={texts.upkeep.backUp}>
      <h3 className="usage-heading">{texts.upkeep.backUp}</h3>
      <p className="setting-hint">{texts.upkeep.backUpText}</p>
      <div className="upkeep-steps">
        {isStreaming ? (
          <Button onClick={stop}>{texts.common.cancel}</Button>
        ) : (
          <Button icon={Archive} onClick={choose}>
            {texts.upkeep.backUpInto}
          </Button>
        )}
      </div>
      {picker}
      {error !== null && <ErrorBanner error={error} />}
      {isStreaming && (
        <Progress
          label={texts.upkeep.backingUp}
          done={Math.round((parts.at(-1)?.done ?? 0) * 100)}
          total={100}
        />
      )}
      {output !== undefined && (
        <output className="upkeep-done">{texts.upkeep.backedUp(output.path, output.sizeBytes)}</output>
      )}
    </section>
  );
}
