import { Film } from 'lucide-react';
import { useState } from 'react';
import type { VideoDecoder } from '../../app/contract/procedures/video.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { TextRow } from '../settings/text-row.tsx';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';

/**
 * Which ffmpeg pictures of videos are taken with, and whether it is one.
 *
 * @param onTested called when that was looked at anew: what was found of it before may be no longer so
 */
export function VideoDecoderSetting({ onTested }: { readonly onTested: () => void }) {
  const texts = useTexts();
  const { data: settings } = useQueryOf('setting.get', {});
  const setting = useCallOf('setting.set');
  const { call, isCalling, error } = useCallOf('video.findDecoder');
  const [found, setFound] = useState<VideoDecoder>();
  if (settings === undefined) return null;
  const test = async (): Promise<void> => {
    setFound(await call({}));
    onTested();
  };
  const save = async (text: string): Promise<void> => {
    const ffmpegPath = text.trim() === '' ? null : text.trim();
    if ((await setting.call({ ffmpegPath })) !== undefined) await test();
  };
  const wrong = setting.error ?? error;
  return (
    <section aria-label={texts.upkeep.videos}>
      <h3 className="usage-heading">{texts.upkeep.videos}</h3>
      <TextRow
        label={texts.upkeep.ffmpeg}
        hint={texts.upkeep.ffmpegHint}
        value={settings.ffmpegPath ?? ''}
        maxLength={1_000}
        onSave={save}
      />
      <div className="upkeep-steps">
        <Button icon={Film} disabled={isCalling} onClick={() => void test()}>
          {texts.upkeep.testFfmpeg}
        </Button>
      </div>
      {wrong !== null && <ErrorBanner error={wrong} />}
      {found !== undefined && !isCalling && <Found decoder={found} />}
    </section>
  );
}

function Found({ decoder }: { readonly decoder: VideoDecoder }) {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const { command, ffmpeg, hasOwnDecoder, waiting } = decoder;
  return (
    <output className="upkeep-done">
      {ffmpeg.status === 'found'
        ? texts.upkeep.ffmpegFound(command, ffmpeg.version)
        : messageOf({ code: 'no-video-decoder', details: { command, reason: ffmpeg.reason } })}{' '}
      {ffmpeg.status === 'missing' && hasOwnDecoder && texts.upkeep.ownDecoder}{' '}
      {waiting > 0 && texts.upkeep.videosWait(waiting)}
    </output>
  );
}
