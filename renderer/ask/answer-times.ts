/** A piece of an answer: words, or a time of the video that it is about. */
export type AnswerPiece = {
  readonly text: string;
  /** Where it begins in the answer. */
  readonly at: number;
  readonly timeMs?: number;
};

/** `0:07`, `1:02:03`; `12 s`, `12.5 seconds`, `3 Sekunden`. Not a part of a longer number or of a date. */
const times =
  /(?<![\d:.,])(?:(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?!\d|[:.]\d)|(\d{1,6}(?:[.,]\d{1,2})?)\s?(?:s|sec|secs|seconds?|Sek\.|Sekunden?)(?![\p{L}\p{N}]))/giu;

/** The answer in pieces, which together are all of it. Times behind the end of the video are words: they mean something else. */
export function splitTimes(answer: string, durationMs: number): AnswerPiece[] {
  const pieces: AnswerPiece[] = [];
  let at = 0;
  for (const match of answer.matchAll(times)) {
    const [text, hours = '0', minutes, clockSeconds, seconds = '0'] = match;
    const timeMs =
      minutes === undefined
        ? Math.round(Number(seconds.replace(',', '.')) * 1000)
        : (Number(hours) * 3600 + Number(minutes) * 60 + Number(clockSeconds)) * 1000;
    if (timeMs > durationMs) continue;
    if (match.index > at) pieces.push({ text: answer.slice(at, match.index), at });
    pieces.push({ text, at: match.index, timeMs });
    at = match.index + text.length;
  }
  if (at < answer.length) pieces.push({ text: answer.slice(at), at });
  return pieces;
}
