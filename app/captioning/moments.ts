import type { Moment } from '../contract/models/description.ts';

/** Reads when what happens in a video, out of what models write about it. Pure; never throws. */

/** As many as a time line has room for. */
export const mostMoments = 30;
/** A sentence; what is longer is a caption. */
const longestText = 300;

/**
 * Moments in order of time, inside the video's length, each once. Models write seconds as asked, but also `1:05`, milliseconds,
 * and, where nothing may be nested, `12-20: A dog runs.`
 *
 * @param value what stands in the answer, of whatever shape
 * @param clean makes a text safe to be shown
 */
export function readMoments(value: unknown, durationMs: number, clean: (text: string) => string): Moment[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const read = items.slice(0, mostMoments * 2).flatMap((item) => readMoment(item, clean));
  const unit = isInMilliseconds(read, durationMs) ? 1 : 1000;
  const moments = read.flatMap(({ start, end, text }) => {
    const [first, last] = [Math.min(start, end), Math.max(start, end)].map((time) => Math.round(time * unit));
    if (first === undefined || last === undefined || first >= durationMs) return [];
    return [{ startMs: Math.max(0, first), endMs: Math.min(durationMs, last), text }];
  });
  const inOrder = moments.toSorted((one, other) => one.startMs - other.startMs || one.endMs - other.endMs);
  const distinct = new Map(inOrder.map((moment) => [JSON.stringify(moment), moment]));
  return [...distinct.values()].slice(0, mostMoments);
}

type Loose = { readonly start: number; readonly end: number; readonly text: string };

function readMoment(item: unknown, clean: (text: string) => string): Loose[] {
  if (typeof item === 'string') return readLine(item, clean);
  if (typeof item !== 'object' || item === null) return [];
  const given = new Map<string, unknown>(
    Object.entries(item).map(([name, value]) => [name.toLowerCase().replaceAll(/[^a-z]/g, ''), value]),
  );
  const find = (names: readonly string[]): unknown =>
    names.map((name) => given.get(name)).find((found) => found !== undefined);
  const start = toTime(find(['start', 'from', 'begin', 'starttime', 'startseconds', 'time', 'timestamp']));
  const end = toTime(find(['end', 'to', 'until', 'endtime', 'endseconds'])) ?? start;
  const said = find(['text', 'description', 'caption', 'summary', 'event']);
  const text = typeof said === 'string' ? toText(said, clean) : '';
  return start === undefined || end === undefined || text === '' ? [] : [{ start, end, text }];
}

/** `12-20: A dog runs.`, `[0:12 – 0:20] A dog runs.`, `12 s: A dog runs.` */
function readLine(line: string, clean: (text: string) => string): Loose[] {
  const time = String.raw`(\d+(?::\d{1,2}){0,2}(?:\.\d+)?)\s*(?:s(?:ec(?:onds?)?)?\b)?`;
  const match = new RegExp(
    String.raw`^\s*[[(]?\s*${time}(?:\s*(?:-|–|—|to)\s*${time})?\s*[\])]?\s*[:,.–—-]?\s+(.+)$`,
    's',
  ).exec(line);
  if (match === null) return [];
  const start = toTime(match[1]);
  const end = match[2] === undefined ? start : toTime(match[2]);
  const text = toText(match[3] ?? '', clean);
  return start === undefined || end === undefined || text === '' ? [] : [{ start, end, text }];
}

/** `12.5`, `"12.5 s"`, `1:05`, `00:01:05.5`, in seconds. */
function toTime(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const match = /^\s*(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d+)?)\s*(?:s|sec|seconds)?\s*$/i.exec(value);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = ''] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}

/** Times that are far behind the end in seconds, and inside it in thousandths. */
function isInMilliseconds(moments: readonly Loose[], durationMs: number): boolean {
  const last = Math.max(0, ...moments.map(({ start, end }) => Math.max(start, end)));
  return last > (durationMs / 1000) * 2 + 10 && last <= durationMs * 1.05;
}

function toText(said: string, clean: (text: string) => string): string {
  const text = clean(said);
  return text.length <= longestText
    ? text
    : `${text
        .slice(0, longestText - 1)
        .toWellFormed()
        .trimEnd()}…`;
}
