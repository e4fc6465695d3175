import { withUmlauts } from '../words.ts';
import { germanModifiers, noKinds } from './german-modifiers.ts';

/** What may stand between the two parts of a German compound. */
const links = ['', 's', 'es', 'n', 'en', 'ens', 'er', 'e'];
/** What may stand behind the second: plurals and cases, after the umlauts are gone. */
const endings: ReadonlySet<string> = new Set(['', 'e', 'en', 'er', 'ern', 'es', 'n', 's', 'se', 'sen']);
const longestEnding = 3;
/** Shorter words of a library are parts of others by chance. */
const shortestOfLibrary = 4;
/** Begin verbs and their nouns, and some are words too: `Anzug`, `Aufzug`, `Übersee`. */
const prefixes: ReadonlySet<string> = new Set(
  'ab an auf aus be bei durch ein ent er ge gegen her hin mit miss nach uber um un unter ur ver vor weg zer zu'.split(
    ' ',
  ),
);

/** The words of a library, as compounds are looked for among them. */
export type CompoundWords = {
  /** All of them, folded, with a line feed before and behind each. */
  readonly lines: string;
  readonly has: (word: string) => boolean;
};

/**
 * German compounds of which a word is the second part, and which are a kind of it: `Schäferhund` for `Hund`. The first part has
 * to be a word too, of a list or of the library; else every `Sturm` would be a `Turm`.
 *
 * @param head folded, without its ending; shorter than three letters finds none
 */
export function compoundsOf(head: string, { lines, has }: CompoundWords): string[] {
  const found = new Set<string>();
  if (!/^[a-z]{3,}$/.test(head)) return [];
  const isPart = (part: string): boolean =>
    isListed(part) ||
    (part.length >= shortestOfLibrary && !prefixes.has(part) && (has(part) || has(`${part}e`)));
  for (let at = lines.indexOf(head); at >= 0; at = lines.indexOf(head, at + 1)) {
    const end = lines.indexOf('\n', at);
    if (end - at - head.length > longestEnding) continue;
    const ending = lines.slice(at + head.length, end);
    const start = lines.lastIndexOf('\n', at) + 1;
    if (!endings.has(ending)) continue;
    const word = lines.slice(start, end);
    if (!isNoKind(word) && isFirstPart(lines.slice(start, at), isPart)) found.add(word);
  }
  return [...found];
}

function isNoKind(word: string): boolean {
  return noKinds.some((known) => word.startsWith(known) && endings.has(word.slice(known.length)));
}

function isListed(part: string): boolean {
  return germanModifiers.has(withUmlauts(part)) && !prefixes.has(part);
}

/** Whether what stands before the second part is a first one, or made of two of the list (`Fußball-platz`). */
function isFirstPart(before: string, isPart: (part: string) => boolean): boolean {
  if (prefixes.has(before)) return false;
  if (isLinked(before, isPart)) return true;
  for (let cut = 3; cut <= before.length - 3; cut += 1) {
    if (isLinked(before.slice(cut), isListed) && isLinked(before.slice(0, cut), isListed)) return true;
  }
  return false;
}

function isLinked(before: string, isPart: (part: string) => boolean): boolean {
  return links.some((link) => before.endsWith(link) && isPart(before.slice(0, before.length - link.length)));
}
