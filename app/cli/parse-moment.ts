import { AppError } from '../platform/errors.ts';

/** A part of a video, in milliseconds. */
export type Moment = { readonly startMs: number; readonly endMs: number };

/**
 * Reads `FROM-TO`, each a clock (`1:05`, `1:02:03`) or seconds (`12.5`).
 *
 * @throws {AppError} `invalid-input` for anything else, and when it ends before it begins.
 */
export function parseMoment(text: string): Moment {
  const [from, to, ...more] = text.trim().split(/\s*(?:-|–|\.\.+)\s*/);
  const [startMs, endMs] = [toMs(from), toMs(to)];
  if (startMs === undefined || endMs === undefined || more.length > 0 || startMs >= endMs) {
    throw new AppError('invalid-input', {
      reason: `“${text}” is no part of a video. Write when it begins and ends, such as 0:12-0:20 or 12-20.`,
    });
  }
  return { startMs, endMs };
}

function toMs(text: string | undefined): number | undefined {
  const [whole, hours = '0', minutes = '0', seconds = ''] =
    /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)$/.exec(text ?? '') ?? [];
  return whole === undefined
    ? undefined
    : Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}
