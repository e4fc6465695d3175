import { useMemo } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { splitTimes } from './answer-times.ts';

/** A video that is asked about. */
export type AskedVideo = {
  readonly durationMs: number;
  /** The part that is asked about; `null`: all of it. */
  readonly moment: { readonly startMs: number; readonly endMs: number } | null;
  readonly onMoment: (moment: AskedVideo['moment']) => void;
  /** Where it stands now. */
  readonly currentMs: () => number;
  readonly playFrom: (ms: number) => void;
};

/** The words of an answer; of one about a video, each time that it names plays from there. */
export function TimedAnswer({
  answer,
  video,
}: {
  readonly answer: string;
  readonly video: AskedVideo | undefined;
}) {
  const texts = useTexts();
  const durationMs = video?.durationMs;
  const pieces = useMemo(
    () => (durationMs === undefined ? [{ text: answer, at: 0 }] : splitTimes(answer, durationMs)),
    [answer, durationMs],
  );
  return (
    <p className="ask-text">
      {pieces.map(({ text, at, timeMs }) =>
        timeMs === undefined || video === undefined ? (
          text
        ) : (
          <button
            key={at}
            type="button"
            className="ask-time"
            title={texts.ask.playFrom(text)}
            onClick={() => {
              video.playFrom(timeMs);
            }}
          >
            {text}
          </button>
        ),
      )}
    </p>
  );
}
