import { isSpaceless } from '../words.ts';
import { englishForms } from './english.ts';
import { frenchFoundOnly, frenchForms, frenchGenders } from './french.ts';
import { germanForms, germanGenders } from './german.ts';
import { frenchNouns } from './french-nouns.ts';
import { germanModifiers } from './german-modifiers.ts';
import { japaneseForms } from './japanese.ts';

let read: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * Other forms of a word that neither its stem nor its spelling tells: irregular verbs and plurals of English, German and
 * French, the other gender, and Japanese endings. As the index has them, folded; in no order, perhaps twice, and also such
 * that no language has: whether one occurs, the library knows.
 *
 * @param folded a word, or the characters of a script without spaces side by side
 */
export function otherFormsOf(folded: string): string[] {
  if (isSpaceless(folded)) return japaneseForms(folded);
  if (!/^[a-z]{2,}$/.test(folded)) return [];
  read ??= readForms();
  return [...(read.get(folded) ?? []), ...frenchGenders(folded), ...germanGenders(folded)].filter(
    (form) => form !== folded,
  );
}

/** Whether a folded word is one of German or French that is known here, or of a verb or plural of English: no slip of a finger. */
export function isOrdinaryWord(folded: string): boolean {
  read ??= readForms();
  return read.has(folded) || germanModifiers.has(folded) || frenchNouns.has(folded);
}

/** Some tens of thousands of forms, in some milliseconds, when a search first asks for them. */
function readForms(): ReadonlyMap<string, readonly string[]> {
  const forms = new Map<string, string[]>();
  const foundOnly = new Set(frenchFoundOnly);
  for (const group of [...englishForms(), ...germanForms(), ...frenchForms()]) {
    for (const word of group) {
      if (foundOnly.has(word)) continue;
      const known = forms.get(word);
      // Most words are forms of one word alone; those share its list.
      forms.set(word, known === undefined ? group : [...known, ...group]);
    }
  }
  return forms;
}
