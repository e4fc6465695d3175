import { CloudUpload } from 'lucide-react';
import { useQueryOf } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { formatPercent } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

/** For the status bar: videos on their way into an index, or kept from it, with the way to their page. */
export function AdditionStatus() {
  const { videoIndex } = useTexts();
  const language = useLanguage();
  const { data: additions } = useQueryOf('videoIndex.additions', {});
  const open = additions?.filter(({ state }) => state !== 'done');
  const first = open?.find(({ state }) => state === 'going') ?? open?.[0];
  if (first === undefined) return null;
  const { connectionId, index, state, progress } = first;
  const share =
    state !== 'going' || progress === null || progress.total === 0
      ? ''
      : ` ${formatPercent(progress.done / progress.total, language)}`;
  const text =
    state === 'going'
      ? `${videoIndex.statusGoing[progress?.stage ?? 'waiting']}${share}`
      : videoIndex.statusHeld;
  return (
    <a className="status-part" href={formatRoute({ view: 'video-index', connectionId, index })} title={text}>
      <CloudUpload aria-hidden size="1.1em" />
      <span className="status-text">{text}</span>
    </a>
  );
}
