import { readLooseJson } from './loose-json.ts';

/**
 * The part of each photo in an answer about several: its number, and its entry as the text of an answer about it alone.
 * What is doubtful is left out, so that it is asked for alone: an entry without a number or with one that is nobody's, a
 * number that is there twice, and the last entry of an answer that was cut off. Pure.
 *
 * @param photos how many were asked for: numbers go from 1 to that
 * @param isCut the service says that it stopped in the middle
 */
export function splitAnswer(text: string, photos: number, isCut: boolean): ReadonlyMap<number, string> {
  const found = findEntries(text);
  if (found === undefined) return new Map();
  const entries = isCut || found.isCut ? found.entries.slice(0, -1) : found.entries;
  const parts = new Map<number, string>();
  const repeated = new Set<number>();
  for (const entry of entries) {
    const number = numberOf(entry);
    if (number === undefined || number < 1 || number > photos) continue;
    if (parts.has(number)) repeated.add(number);
    parts.set(number, JSON.stringify(withoutNumber(entry)));
  }
  for (const number of repeated) parts.delete(number);
  return parts;
}

type Entry = Readonly<Record<string, unknown>>;

/** Where an answer may begin. More brackets than that are no answer with entries in it. */
const mostBeginnings = 20;

/** A list of objects: bare, or the one list in an object. */
function findEntries(text: string): { entries: readonly Entry[]; isCut: boolean } | undefined {
  let tried = 0;
  for (const { index } of text.matchAll(/[[{]/gu)) {
    tried += 1;
    if (tried > mostBeginnings) return undefined;
    const found = readLooseJson(text, index);
    if (found === undefined) continue;
    const list = Array.isArray(found.value) ? found.value : listIn(found.value);
    const entries = list?.filter(isEntry) ?? [];
    if (entries.length > 0) return { entries, isCut: found.isCut };
  }
  return undefined;
}

function listIn(value: unknown): unknown[] | undefined {
  if (!isEntry(value)) return undefined;
  const lists = Object.values(value).filter((inner) => Array.isArray(inner));
  return lists.length === 1 ? lists[0] : undefined;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Some models write it as the name that they were given: “Photo 3”. */
function numberOf({ number }: Entry): number | undefined {
  if (typeof number === 'number') return Number.isInteger(number) ? number : undefined;
  const digits = typeof number === 'string' ? /^(?:photo )?(\d{1,3})$/iu.exec(number.trim())?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

function withoutNumber(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'number'));
}
