import {
  anything,
  array,
  assert,
  constantFrom,
  json,
  oneof,
  property,
  record,
  string,
  subarray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../app/captioning/keyword-key.ts';
import { parseDescription } from '../../app/captioning/parse-description.ts';
import { maxAltTextLength } from '../../app/captioning/prompt.ts';
import {
  descriptionField,
  descriptionFields,
  type DescriptionFields,
} from '../../app/contract/models/description.ts';

const allFields = descriptionField.options;
/** As the prompt `general` has it. */
const maxKeywords = 15;

/** The fields of an answer that must be readable. */
function fieldsOf(answer: unknown, asked = allFields): DescriptionFields {
  const parsed = parseDescription(typeof answer === 'string' ? answer : JSON.stringify(answer), asked);
  if (parsed.status !== 'parsed') throw new Error(`it is ${parsed.status}`);
  return parsed.fields;
}

const heron = { caption: 'A heron stands in shallow water.' };
const asJson = JSON.stringify(heron);
const keywordsOf = (keywords: unknown) => fieldsOf({ ...heron, keywords }).keywords;
const altTextOf = (altText: string) => fieldsOf({ ...heron, altText }).altText;

describe('an answer as it was asked for', () => {
  it('is taken field by field', () => {
    const answer = {
      title: 'Heron at dawn',
      caption: 'A heron stands in shallow water.',
      altText: 'A grey heron in a pond.',
      keywords: ['heron', 'water'],
      recognizedText: 'NO FISHING\nAt any time',
      objects: [{ label: 'heron' }, { label: 'sign' }],
    };
    expect(fieldsOf(answer)).toEqual(answer);
  });

  it('gives only what was asked for', () => {
    expect(fieldsOf({ ...heron, keywords: ['heron'], title: 'Heron' }, ['caption'])).toEqual(heron);
    expect(parseDescription(JSON.stringify({ title: 'Heron' }), ['caption'])).toEqual({ status: 'empty' });
  });
});

describe('an answer with something around its JSON', () => {
  it.each([
    ['in a Markdown fence', `\`\`\`json\n${asJson}\n\`\`\``],
    ['in a fence without a name', `\`\`\`\n${asJson}\n\`\`\``],
    ['in a fence after a sentence', `Here you are:\n\n\`\`\`JSON\n${asJson}\n\`\`\`\nAnything else?`],
    ['between sentences', `Sure! ${asJson} I hope that helps.`],
    ['with space around it', `\n\n  ${asJson}\n`],
    ['in a list of one', `[${asJson}]`],
    ['under the schema’s name', `{"photo_description":${asJson}}`],
  ])('is read: %s', (_name, text) => {
    expect(fieldsOf(text)).toEqual(heron);
  });
});

describe('an answer in prose', () => {
  it('is a caption: it was paid for', () => {
    expect(fieldsOf('A heron stands\nin shallow water.')).toEqual(heron);
    expect(fieldsOf('"A heron stands in shallow water."')).toEqual(heron);
  });

  it.each([
    ['when no caption was asked for', 'A heron.', ['keywords']],
    ['when it is JSON that was cut off', '{"caption":"A heron stan', allFields],
    ['when it is a list of something', '["heron","water"]', allFields],
  ] as const)('cannot be read %s', (_name, text, asked) => {
    expect(parseDescription(text, asked)).toMatchObject({ status: 'unreadable' });
  });
});

describe('an answer that says nothing', () => {
  it.each([
    '',
    ' \n',
    '{}',
    'null',
    'None.',
    '\u0007\u001b',
    '{"caption":"","title":null}',
    '{"caption":"None.","keywords":[]}',
  ])('is empty: %j', (text) => {
    expect(parseDescription(text, allFields)).toEqual({ status: 'empty' });
  });

  it('is an answer all the same where a photo may have none of what was asked for', () => {
    expect(fieldsOf({ recognizedText: null }, ['recognizedText'])).toEqual({});
    expect(fieldsOf({ keywords: [], objects: [] }, ['keywords', 'objects'])).toEqual({
      keywords: [],
      objects: [],
    });
    expect(parseDescription('{}', ['recognizedText'])).toEqual({ status: 'empty' });
  });

  it.each(['none', 'None', 'N/A', 'null', 'No text', 'No visible text.'])(
    'in one field, as %j, leaves it out',
    (word) => {
      expect(fieldsOf({ ...heron, recognizedText: word, title: word, altText: word })).toEqual(heron);
    },
  );
});

describe('a field under another name', () => {
  it.each([
    [{ alt_text: 'A heron.' }, { altText: 'A heron.' }],
    [{ 'Alt Text': 'A heron.' }, { altText: 'A heron.' }],
    [{ alt: 'A heron.' }, { altText: 'A heron.' }],
    [{ description: 'A heron.' }, { caption: 'A heron.' }],
    [{ Caption: 'A heron.' }, { caption: 'A heron.' }],
    [{ tags: ['heron'] }, { keywords: ['heron'] }],
    [{ visible_text: 'EXIT' }, { recognizedText: 'EXIT' }],
    [{ OCR: 'EXIT' }, { recognizedText: 'EXIT' }],
  ])('is understood: %j', (answer, fields) => {
    expect(fieldsOf({ title: 'Heron', ...answer })).toEqual({ title: 'Heron', ...fields });
  });

  it('does not push out the field itself', () => {
    expect(fieldsOf({ description: 'Something longer.', caption: 'A heron.' })).toEqual({
      caption: 'A heron.',
    });
  });

  it('that means something to JavaScript means nothing here', () => {
    const text = '{"__proto__":{"caption":"x"},"constructor":"y","toString":"z","caption":"A heron."}';
    expect(fieldsOf(text)).toEqual({ caption: 'A heron.' });
  });
});

describe('keywords', () => {
  it('may come as a text, and as objects', () => {
    expect(keywordsOf('heron, water; pond\nbird')).toEqual(['heron', 'water', 'pond', 'bird']);
    expect(keywordsOf([{ keyword: 'heron' }, { keyword: 'water' }])).toEqual(['heron', 'water']);
  });

  it('are not numbers of a list, marks or sentences', () => {
    expect(
      keywordsOf(['1', '2', 3, '1. heron', '2) water', '#pond', '- bird.', '• dawn,', '', '  ', null, {}]),
    ).toEqual(['heron', 'water', 'pond', 'bird', 'dawn']);
    expect(keywordsOf(['x'.repeat(64), 'x'.repeat(65)])).toEqual(['x'.repeat(64)]);
    // A year is a subject; a list's number is none.
    expect(keywordsOf(['2019', '12 apostles'])).toEqual(['2019', '12 apostles']);
  });

  it('are given once, in their order, and not more than we asked for', () => {
    expect(keywordsOf(['Heron', 'heron ', 'ÄRGER', 'ärger', 'ｗａｔｅｒ', 'water'])).toEqual([
      'Heron',
      'ÄRGER',
      'ｗａｔｅｒ',
    ]);
    const many = Array.from({ length: 100 }, (_, index) => `keyword ${String(index)}`);
    expect(keywordsOf(many)).toEqual(many.slice(0, maxKeywords));
  });

  it('that are no list at all are left out', () => {
    expect(fieldsOf({ ...heron, keywords: { a: 'b' } })).toEqual(heron);
  });
});

describe('objects', () => {
  it('may come as plain names; those without one are left out', () => {
    expect(
      fieldsOf({ objects: ['heron', { label: 'sign' }, { colour: 'x' }, 7, null, ' '] }, ['objects']),
    ).toEqual({
      objects: [{ label: 'heron' }, { label: 'sign' }, { label: '7' }],
    });
  });
});

describe('alt text', () => {
  it('does not begin with what a screen reader says anyway', () => {
    expect(altTextOf('An image of a heron.')).toBe('A heron.');
    expect(altTextOf('Alt text: photo showing two herons')).toBe('Photo showing two herons');
    expect(altTextOf('Photograph of ärger')).toBe('Ärger');
  });

  it('is cut at a word, and is not longer than a screen reader reads well', () => {
    const altText = altTextOf('A heron stands in shallow water. '.repeat(10))!;
    expect(altText.length).toBeLessThanOrEqual(maxAltTextLength);
    expect(altText).toMatch(/ (?:A|heron|stands|in|shallow|water\.)…$/);
  });

  it.each(['👩‍👩‍👧‍👦', '🏳️‍🌈', '1̂', '海', '👍🏽'])('is never cut inside a character: %s', (character) => {
    const altText = altTextOf(character.repeat(200))!;
    expect(altText.length).toBeLessThanOrEqual(maxAltTextLength);
    expect(altText.slice(0, -1).replaceAll(character.normalize('NFC'), '')).toBe('');
  });
});

describe('text that would do something', () => {
  it('to a terminal, to a reader or to the order of letters is only text', () => {
    const fields = fieldsOf({
      caption: 'A \u001b[31mred\u001b[0m heron\u0007\u009b2J.',
      title: '\u001b]8;;http://example.com\u0007Heron\u001b]8;;\u0007',
      altText: 'A heron \u202Eevil\u202C.\u0000',
      recognizedText: 'line one\r\nline \t two\u001b[2K',
    });
    expect(fields).toEqual({
      caption: 'A red heron .',
      title: 'Heron',
      altText: 'A heron evil.',
      recognizedText: 'line one\nline two',
    });
  });

  it('keeps quotes that belong to it', () => {
    expect(fieldsOf({ recognizedText: '"OPEN" and "CLOSED"', caption: '"Heron"' })).toEqual({
      recognizedText: '"OPEN" and "CLOSED"',
      caption: 'Heron',
    });
  });
});

describe('reading whatever comes', () => {
  const anyAnswer = oneof(
    string({ unit: 'binary' }),
    json(),
    record(
      Object.fromEntries(
        [...allFields, 'description', 'tags'].map((name) => [
          name,
          oneof(string({ unit: 'binary', maxLength: 400 }), array(string({ unit: 'binary' })), anything()),
        ]),
      ),
      { requiredKeys: [] },
    ).map((answer) => {
      try {
        return JSON.stringify(answer) ?? '';
      } catch {
        // BigInt and circles are no JSON.
        return '{"caption":1}';
      }
    }),
    constantFrom('```', '```json', '{', '}', '}{', '[[[', '{"caption":"\\ud83d"}'),
  );

  it('never throws, gives nothing that was not asked for, and nothing that does harm', () => {
    assert(
      property(anyAnswer, subarray([...allFields], { minLength: 1 }), (text, asked) => {
        const parsed = parseDescription(text, asked);
        if (parsed.status !== 'parsed') return;
        const { fields } = parsed;
        expect(asked).toEqual(expect.arrayContaining(Object.keys(fields)));
        expect(descriptionFields.parse(fields)).toEqual(fields);
        const { title, caption, altText, recognizedText, keywords = [], objects = [] } = fields;
        for (const said of [title, caption, altText, ...keywords, ...objects.map(({ label }) => label)]) {
          expect(said ?? 'nothing').toMatch(/^[^\p{Cc}]+$/u);
          expect((said ?? '').isWellFormed()).toBe(true);
        }
        expect(recognizedText ?? 'nothing').toMatch(/^[^\p{Cc}]+(?:\n[^\p{Cc}]*)*$/u);
        expect((altText ?? '').length).toBeLessThanOrEqual(maxAltTextLength);
        expect(keywords.length).toBeLessThanOrEqual(maxKeywords);
        expect(new Set(keywords.map(keywordKey)).size).toBe(keywords.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('prose that declines', () => {
  it.each([
    'I’m sorry, but I can’t help with identifying people in photos.',
    "I can't assist with that request.",
    'Sorry, I am not able to describe this image.',
    'I am unable to view images.',
  ])('%s is a refusal, not a caption', (text) => {
    expect(parseDescription(text, ['caption', 'keywords'])).toEqual({ status: 'refused', reason: text });
  });

  it('a caption about somebody who is sorry stays a caption', () => {
    const text = 'A boy says sorry to his sister in a sunlit kitchen.';
    expect(parseDescription(text, ['caption'])).toEqual({ status: 'parsed', fields: { caption: text } });
  });
});
