import { MessageCircleQuestion } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import type { Moment } from '../../app/contract/models/description.ts';
import { pictureUrl, videoUrl } from '../../app/contract/resource-url.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { IconButton } from '../design/components/button.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import { Failed } from './damage.tsx';
import { toClock } from './moments.ts';
import { fileNameOf, type Photo } from './photo.ts';
import { playFrom } from './use-asked-video.ts';

type VideoPlayerProps = {
  readonly photo: Photo;
  readonly video: NonNullable<Photo['video']>;
  readonly version: number;
  /** What was searched for: the player opens at the moment that has it. */
  readonly query: string;
  /** Instead: opens at this time. */
  readonly atMs?: number | undefined;
  readonly player: RefObject<HTMLVideoElement | null>;
  /** A moment shall be asked about. */
  readonly onAsk: (moment: Moment) => void;
};

/** Plays a video from the file itself, with its moments below: on the line of its time, and as a list. */
export function VideoPlayer({ photo, video, version, query, atMs, player, onAsk }: VideoPlayerProps) {
  const texts = useTexts();
  const { id, description } = photo;
  const { call, error } = useCallOf('asset.play');
  const [name, setName] = useState<string>();
  const [isUnplayable, setIsUnplayable] = useState(false);
  const moments = description?.moments ?? [];
  const asksWhere = query !== '' && moments.length > 0 && atMs === undefined;
  const explained = useQueryOf('search.explain', { query, assetIds: [id] }, { enabled: asksWhere });
  const openedMs = explained.data?.photos[0]?.matches.find(
    ({ momentMs }) => momentMs !== undefined,
  )?.momentMs;
  // Where to begin is known before it is loaded.
  const isKnown = !asksWhere || !explained.isLoading;
  const isThere = photo.state === 'ready';

  useEffect(() => {
    if (!isThere) return undefined;
    let isShown = true;
    const open = async (): Promise<void> => {
      const playing = await call({ id });
      if (isShown) setName(playing?.name);
    };
    void open();
    return () => {
      isShown = false;
    };
  }, [call, id, isThere]);

  return (
    <div className="video-view">
      {error !== null && <ErrorBanner error={error} />}
      {video.framesError !== null && <NoFrames id={id} error={video.framesError} />}
      {isUnplayable && <Banner>{texts.photo.cannotPlay(video.codec?.toUpperCase() ?? null)}</Banner>}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- why: the file is a person's own, and has no subtitles that we know of */}
      <video
        key={name ?? ''}
        ref={player}
        className="video-player"
        controls
        preload="metadata"
        aria-label={description?.altText?.text ?? description?.caption?.text ?? fileNameOf(photo.path)}
        poster={pictureUrl('thumbnail', id, version)}
        src={name === undefined || !isKnown ? undefined : videoUrl(name)}
        onLoadedMetadata={({ currentTarget }) => {
          setIsUnplayable(currentTarget.videoWidth === 0);
          const fromMs = atMs ?? openedMs;
          if (fromMs !== undefined) currentTarget.currentTime = fromMs / 1000;
        }}
        onError={() => {
          setIsUnplayable(true);
        }}
      />
      {moments.length > 0 && (
        <section className="video-moments" aria-label={texts.photo.moments}>
          <div className="video-line" aria-hidden>
            {moments.map(({ startMs, endMs, text }) => (
              <button
                key={`${String(startMs)} ${text}`}
                type="button"
                tabIndex={-1}
                className="video-mark"
                title={`${toClock(startMs)} ${text}`}
                aria-label={`${toClock(startMs)} ${text}`}
                style={{
                  left: `${String((startMs / video.durationMs) * 100)}%`,
                  width: `${String(Math.max(0.5, ((endMs - startMs) / video.durationMs) * 100))}%`,
                }}
                onClick={() => {
                  playFrom(player.current, startMs);
                }}
              />
            ))}
          </div>
          <ol className="video-list">
            {moments.map((moment) => (
              <li key={`${String(moment.startMs)} ${moment.text}`}>
                <button
                  type="button"
                  className="video-moment"
                  aria-current={moment.startMs === openedMs ? 'true' : undefined}
                  onClick={() => {
                    playFrom(player.current, moment.startMs);
                  }}
                >
                  <span className="photo-quiet">
                    {toClock(moment.startMs)}–{toClock(moment.endMs)}
                  </span>{' '}
                  {moment.text}
                </button>
                <IconButton
                  icon={MessageCircleQuestion}
                  label={texts.photo.askAboutMoment(toClock(moment.startMs))}
                  onClick={() => {
                    onAsk(moment);
                  }}
                />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

/** Why there is no picture of it: something to install, or something to try again. */
function NoFrames({ id, error }: { readonly id: Photo['id']; readonly error: ErrorInfo }) {
  const messageOf = useMessageOf();
  return error.code === 'no-video-decoder' ? (
    <Banner>{messageOf(error)}</Banner>
  ) : (
    <Failed id={id} error={error} canRetry />
  );
}
