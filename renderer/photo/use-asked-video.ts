import { useMemo, useRef, useState, type RefObject } from 'react';
import type { AskedVideo } from '../ask/timed-answer.tsx';
import type { Photo } from './photo.ts';

/** What passes between a video's player and the questions beside it: where it stands, where it shall play, what is asked about. */
export type AskedVideoState = {
  /** `undefined` for a photo. */
  readonly video: AskedVideo | undefined;
  readonly player: RefObject<HTMLVideoElement | null>;
};

export function useAskedVideo(photo: Photo | undefined): AskedVideoState {
  const player = useRef<HTMLVideoElement>(null);
  const [asked, setAsked] = useState<{ readonly id: number; readonly moment: AskedVideo['moment'] }>();
  const id = photo?.id;
  const durationMs = photo?.video?.durationMs;
  const moment = asked?.id === id ? (asked?.moment ?? null) : null;
  const video = useMemo<AskedVideo | undefined>(
    () =>
      id === undefined || durationMs === undefined
        ? undefined
        : {
            durationMs,
            moment,
            onMoment: (wanted) => {
              setAsked({ id, moment: wanted });
            },
            currentMs: () => (player.current?.currentTime ?? 0) * 1000,
            playFrom: (ms) => {
              playFrom(player.current, ms);
            },
          },
    [id, durationMs, moment],
  );
  return { video, player };
}

export function playFrom(element: HTMLVideoElement | null, ms: number): void {
  if (element === null) return;
  element.currentTime = ms / 1000;
  // A player that may not begin by itself is begun by a person.
  void element.play().catch(() => undefined);
}
