import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePromptFile } from '../../app/captioning/prompt-file.ts';
import { AppError } from '../../app/platform/errors.ts';

const album = `---
about: For the family album
fields: keywords, alt-text, caption
keywords: 10-20
keyword-form: words
language: de
style: warm
---

Say which season it is.
Two lines.
`;

/** Why a prompt file is refused; '' when it is not. Anything but that is thrown. */
function reasonAgainst(source: string): string {
  try {
    parsePromptFile('x', source);
    return '';
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return String(error.details['reason']);
    throw error;
  }
}

describe('a prompt file', () => {
  it('says what is asked for, and how', () => {
    expect(parsePromptFile('album', album).spec).toEqual({
      label: 'album',
      about: 'For the family album',
      fields: ['caption', 'altText', 'keywords'],
      keywords: { min: 10, max: 20, form: 'words' },
      style: 'warm',
      instructions: 'Say which season it is.\nTwo lines.',
      language: 'de',
    });
  });

  it('may be nothing but instructions; the rest is as usual', () => {
    expect(parsePromptFile('x', 'Say which season it is.').spec).toMatchObject({
      instructions: 'Say which season it is.',
      keywords: { min: 5, max: 15, form: 'phrases' },
    });
  });

  it('has another hash whenever it says something else, and the same however its lines end', () => {
    const { hash } = parsePromptFile('album', album);
    expect(parsePromptFile('album', album.replaceAll('\n', '\r\n')).hash).toBe(hash);
    expect(parsePromptFile('album', album.replace('season', 'weather')).hash).not.toBe(hash);
    expect(parsePromptFile('album', album.replace('10-20', '10-21')).hash).not.toBe(hash);
  });

  it.each([
    ['---\nfields: caption, colour\n---\n', 'colour'],
    ['---\nkeywords: many\n---\n', 'keywords'],
    ['---\nkeywords: 20-10\n---\n', 'keywords'],
    ['---\nkeyword-form: short\n---\n', 'keyword-form'],
    ['---\ntemperature: 2\n---\nx', 'temperature'],
    ['', 'empty'],
    ['x'.repeat(4_001), '4000'],
  ])('that cannot be meant says why: %j', (source, reason) => {
    expect(reasonAgainst(source)).toContain(reason);
  });

  it.each([
    ['---\nlanguage: de\n\nfelds: caption\n---\n', 'Line 4: '],
    ['\uFEFF---\r\nabout: x\r\nfields: mood\r\n---\r\n', 'Line 3: '],
    ['---\nkeywords: many\nstyle: warm\n---\n', 'Line 2: '],
    ['---\nstyle: warm\nkeyword-form: short\n---\n', 'Line 3: '],
  ])('says in which line it is wrong: %j', (source, line) => {
    expect(reasonAgainst(source)).toContain(line);
  });

  it('never throws anything but what is wrong with it', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        for (const source of [text, `---\n${text}\n---\n${text}`]) {
          expect(reasonAgainst(source)).toBeTypeOf('string');
        }
      }),
    );
  });
});
