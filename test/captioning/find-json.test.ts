import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonObject, repairJson, type JsonRecord } from '../../app/captioning/find-json.ts';

const always = (): boolean => true;
const never = (): boolean => false;

const needs = (object: JsonRecord): boolean => 'caption' in object && 'keywords' in object;

/** What a description looks like: text, lists of text, nothing. */
const description = fc.dictionary(
  fc.string({ minLength: 1 }),
  fc.oneof(
    fc.string(),
    fc.array(fc.string(), { maxLength: 8 }),
    fc.constant(null),
    fc.integer(),
    fc.boolean(),
  ),
  { minKeys: 1, maxKeys: 6 },
);

describe('repairing JSON', () => {
  it('leaves valid JSON as it is, to the byte', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(repairJson(text, never)).toBe(text);
      }),
    );
  });

  it('never throws, and has nothing left to repair in what it gives', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', "'", ',', ':', '\\', 'a', '1', ' ', '\n') }),
      fc.json().map((text) => text.slice(1)),
    );
    fc.assert(
      fc.property(anything, fc.boolean(), (text, isEnough) => {
        const repaired = repairJson(text, () => isEnough);
        if (repaired === undefined) return;
        JSON.parse(repaired);
        expect(repairJson(repaired, never)).toBe(repaired);
      }),
      { numRuns: 500 },
    );
  });

  it('stands a text that leads down without end', () => {
    expect(repairJson('{"a":'.repeat(50_000), always)).toBeUndefined();
  });

  it('finds the object in a fence, and between words and braces', () => {
    fc.assert(
      fc.property(description, (object) => {
        const json = JSON.stringify(object, undefined, 1);
        for (const text of [`\`\`\`json\n${json}\n\`\`\``, `Here {you} are:\n${json}\nBye {now}.`]) {
          expect(JSON.parse(repairJson(text, never) ?? '')).toEqual(object);
        }
      }),
    );
  });

  it('takes commas too many and Python’s way of writing for what they mean', () => {
    expect(
      findJsonObject(`{'caption': 'It\\'s a dog\\'s life', 'keywords': ['dog',], 'text': None,}`, never),
    ).toEqual({ caption: "It's a dog's life", keywords: ['dog'], text: null });
    // An apostrophe that nobody escaped.
    expect(findJsonObject(`{'caption': 'It's a dog', 'is': True}`, never)).toEqual({
      caption: "It's a dog",
      is: true,
    });
    expect(findJsonObject('{"caption": "Two\nlines",, "keywords": ["a",, "b"]}', never)).toEqual({
      caption: 'Two\nlines',
      keywords: ['a', 'b'],
    });
  });

  it('of an object that was cut keeps whole members alone, wherever the cut is', () => {
    fc.assert(
      fc.property(description, fc.double({ min: 0, max: 1, noNaN: true }), (object, share) => {
        const json = JSON.stringify(object);
        const cut = json.slice(0, Math.floor(share * (json.length - 1)));
        expect(repairJson(cut, never)).toBeUndefined();
        const repaired = repairJson(cut, always);
        if (repaired === undefined) return;
        const left = JSON.parse(repaired) as JsonRecord;
        for (const [name, value] of Object.entries(left)) expect([name, value]).toEqual([name, object[name]]);
      }),
      { numRuns: 500 },
    );
  });

  it('closes what was cut only when all that is needed is in it', () => {
    expect(findJsonObject('{"caption": "A dog.", "keywords": ["dog", "be', needs)).toBeUndefined();
    expect(findJsonObject('{"caption": "A dog.", "keywords": ["dog"]', needs)).toEqual({
      caption: 'A dog.',
      keywords: ['dog'],
    });
  });

  it('takes a list that repeated itself until it was cut for whole', () => {
    const endless = `{"caption": "A dog.", "keywords": ["dog", "beach"${', "sand"'.repeat(60)}, "sa`;
    const found = findJsonObject(endless, (object) => 'keywords' in object);
    expect(new Set(found?.['keywords'] as string[])).toEqual(new Set(['dog', 'beach', 'sand']));
  });
});
