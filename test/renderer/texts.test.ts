import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../app/contract/errors.ts';
import { windowMessageFor } from '../../app/contract/messages/window.ts';
import { catalogue } from '../../renderer/texts/catalogue.ts';
import { pluralIn } from '../../renderer/texts/plural.ts';

/** Every text by its path; a text with values is given numbers and words to fill in. */
function textsOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value === 'function') {
    const write = value as (...values: number[]) => string;
    return new Map([[path, write(2, 3, 4, 5)]]);
  }
  const entries = Object.entries(value as object).flatMap(([key, part]) => [
    ...textsOf(part, `${path}.${key}`),
  ]);
  return new Map(entries);
}

/** Words that are the same in both languages. */
const sameWords =
  /^(Cutline|Status|Ollama|LM Studio|llama\.cpp|vLLM|OpenAI|offline|Name|Moment|Videos|ffmpeg|[\d\W]*)$/;

describe('the catalogue of texts', () => {
  const en = textsOf(catalogue.en);
  const de = textsOf(catalogue.de);

  it('has every text in German, none left empty and none left in English', () => {
    expect([...de.keys()].toSorted()).toEqual([...en.keys()].toSorted());
    const untranslated = [...en].filter(([path, text]) => de.get(path) === text && !sameWords.test(text));
    expect(untranslated).toEqual([]);
    expect([...en, ...de].filter(([, text]) => text.trim() === '' || text.includes('undefined'))).toEqual([]);
  });

  it('writes numbers and their words as each language does', () => {
    expect(catalogue.en.common.photos(1)).toBe('1 photo');
    expect(catalogue.en.common.photos(0)).toBe('0 photos');
    expect(catalogue.en.common.photos(1_234_567)).toBe('1,234,567 photos');
    expect(catalogue.de.common.photos(1)).toBe('1 Foto');
    expect(catalogue.de.common.photos(1_234_567)).toBe('1.234.567 Fotos');
    expect(pluralIn('de')(2, { one: '# Ordner', other: '# Ordner' })).toBe('2 Ordner');
  });

  it('holds all texts: none stands in a component', () => {
    const texts = globSync('renderer/**/*.tsx').flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      const inElements = [...source.matchAll(/(?<!=)>\s*([A-Z][a-z]+[^<>{}=;()]*)</g)].map(
        ([, text]) => text,
      );
      const inAttributes = [
        ...source.matchAll(/\b(?:aria-label|title|label|placeholder|alt)="([^"]*[A-Za-z]{2}[^"]*)"/g),
      ].map(([, text]) => text);
      return [...inElements, ...inAttributes].map((text) => `${file}: ${text}`);
    });
    expect(texts).toEqual([]);
  });
});

describe('errors in the window', () => {
  it('have a sentence in each language, and name no flag of the terminal', () => {
    for (const language of ['en', 'de'] as const) {
      for (const code of errorCodes) {
        const sentence = windowMessageFor({ code }, language);
        expect(`${code}: ${sentence}`).toMatch(/: \S.*[.!?]$/);
        expect(`${code}: ${sentence}`).not.toMatch(/\s--\w|undefined/);
      }
    }
  });
});
