/** Around each match in a snippet. */
export const matchStart = '\u0002';
export const matchEnd = '\u0003';

/** Longest snippet, in UTF-16 units without the marks. */
const snippetLength = 160;

/** A part of a text, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number };

/** The part of a text with the most matches, each between marks; one line. */
export function cutSnippet(text: string, matches: readonly Span[]): string {
  const spans = merge(matches);
  const { start, end } = chooseWindow(text, spans);
  const line = clean(text.slice(start, end));
  let snippet = start > 0 ? '…' : '';
  let at = 0;
  for (const span of spans) {
    const from = Math.max(span.start - start, 0);
    const to = Math.min(span.end - start, line.length);
    if (from >= to) continue;
    snippet += line.slice(at, from) + matchStart + line.slice(from, to) + matchEnd;
    at = to;
  }
  return snippet + line.slice(at) + (end < text.length ? '…' : '');
}

/** In order, touching ones as one. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start > last.end) merged.push({ start: span.start, end: span.end });
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

/** The part with the most matches, with some words before the first, cut between words where there are any. */
function chooseWindow(text: string, spans: readonly Span[]): Span {
  if (text.length <= snippetLength) return { start: 0, end: text.length };
  const room = snippetLength - 2; // an ellipsis at either end
  const inReach = (first: Span) =>
    spans.filter((span) => span.start >= first.start && span.end <= first.start + room).length;
  const best = spans.reduce((chosen, span) => (inReach(span) > inReach(chosen) ? span : chosen));
  const last = spans.findLast((span) => span.start >= best.start && span.end <= best.start + room) ?? best;
  const spare = Math.max(0, room - (last.end - best.start));
  const earliest = Math.max(
    0,
    Math.min(best.start - Math.min(Math.floor(spare / 3), 60), text.length - room),
  );
  const start = earliest === 0 ? 0 : toBoundary(text, earliest, best.start, 1);
  const latest = Math.min(text.length, start + room);
  const end = latest === text.length ? latest : toBoundary(text, latest, Math.min(last.end, latest), -1);
  return { start, end };
}

/** From `at` in steps towards `limit` until a space; without one, `at` itself, off the middle of a surrogate pair. */
function toBoundary(text: string, at: number, limit: number, step: 1 | -1): number {
  for (let near = at; step > 0 ? near < limit : near > limit; near += step) {
    if (/\s/.test(text.charAt(step > 0 ? near - 1 : near))) return near;
  }
  const isInsidePair = /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1));
  return isInsidePair ? at + step : at;
}

/** As long as before, in one line, and no marks but ours. */
function clean(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(matchStart, ' ').replaceAll(matchEnd, ' ');
}
