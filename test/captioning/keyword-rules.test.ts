import { array, assert, constantFrom, integer, oneof, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyKeywordRules } from '../../app/captioning/keyword-rules.ts';
import { keywordKey } from '../../app/captioning/keyword-key.ts';
import type { KeywordRules } from '../../app/contract/models/prompt.ts';

const rules: KeywordRules = { min: 0, max: 15, form: 'phrases' };
const nothing = { own: [], camera: {} };

describe('keywords that a model gives', () => {
  it('lose numbering, hashtags, bullets and repetitions, and keep their order', () => {
    const given = [
      '1. heron',
      '#water',
      '• reed',
      '- Heron',
      'ferris wheel.',
      '2',
      'HIGH MOUNTAINS',
      'UNESCO',
      '  ',
    ];
    expect(applyKeywordRules(given, rules, nothing)).toEqual([
      'heron',
      'water',
      'reed',
      'ferris wheel',
      'high mountains',
      'UNESCO',
    ]);
  });

  it('are single concepts: a path is cut at its joints', () => {
    expect(applyKeywordRules(['animal > bird|heron'], rules, nothing)).toEqual(['animal', 'bird', 'heron']);
  });

  it('are not sentences', () => {
    expect(applyKeywordRules(['a heron that stands in the water', 'x'.repeat(65)], rules, nothing)).toEqual(
      [],
    );
  });

  it('do not echo what the camera wrote', () => {
    const camera = { cameraMake: 'Nikon', cameraModel: 'D40', lens: '18-55mm f/3.5-5.6' };
    const echoed = [
      'Nikon',
      'nikon d40',
      'D40',
      'shot on D40',
      '18-55mm f/3.5-5.6',
      'f/8',
      'F/2.8',
      '1/250 s',
      '1/60',
      'ISO 400',
      'iso',
      '35mm',
      '50 mm lens',
      '12 megapixels',
      '3000x2000',
      '48.8584, 2.2945',
      '48°51′',
      'EXIF',
      'GPS coordinates',
      'shutter speed',
    ];
    expect(applyKeywordRules([...echoed, 'camera', 'lens flare'], rules, { own: [], camera })).toEqual([
      'camera',
      'lens flare',
    ]);
  });

  it('may be an apple, whoever made the camera', () => {
    const camera = { cameraMake: 'Apple', cameraModel: 'iPhone 12' };
    expect(applyKeywordRules(['apple', 'iPhone 12', 'Apple iPhone 12'], rules, { own: [], camera })).toEqual([
      'apple',
    ]);
  });

  it('are single words where only those are asked for: a phrase goes whole, since half of it is something else', () => {
    expect(
      applyKeywordRules(['wheel', 'ferris wheel', '観覧車'], { ...rules, form: 'words' }, nothing),
    ).toEqual(['wheel', '観覧車']);
  });

  it('are spelled as the person spells them, and theirs are never dropped', () => {
    const context = {
      own: ['Anna Maria', 'D40', 'Animals|Birds', 'ferris wheel'],
      camera: { cameraModel: 'D40' },
    };
    const given = ['anna maria', 'beach', 'd40', 'animals|birds', 'FERRIS WHEEL', 'sea'];
    expect(applyKeywordRules(given, { min: 0, max: 5, form: 'words' }, context)).toEqual([
      'Anna Maria',
      'beach',
      'D40',
      'Animals|Birds',
      'ferris wheel',
    ]);
  });
});

it('the rules say the same the second time, keep every keyword of the person, and no more of others than are asked for', () => {
  const word = constantFrom(
    'heron',
    'Heron',
    '#heron',
    '1. heron',
    'a > b',
    'ISO 100',
    'two words',
    'D40',
    'LOUDLOUD',
    "'x'",
  );
  const anyKeyword = oneof(
    word,
    string({ unit: 'binary', maxLength: 20 }),
    string({ unit: 'grapheme', maxLength: 70 }),
  );
  assert(
    property(
      array(anyKeyword, { maxLength: 40 }),
      array(anyKeyword, { maxLength: 6 }),
      record({ max: integer({ min: 1, max: 20 }), form: constantFrom('words', 'phrases') }),
      (given, own, { max, form }) => {
        const context = { own, camera: { cameraMake: 'Nikon', cameraModel: 'D40' } };
        const asked = { min: 0, max, form };
        const kept = applyKeywordRules([...given, ...own], asked, context);
        expect(applyKeywordRules(kept, asked, context)).toEqual(kept);
        const ownKeys = new Set(own.map(keywordKey));
        expect(kept.filter((keyword) => !ownKeys.has(keywordKey(keyword))).length).toBeLessThanOrEqual(max);
        expect(kept.length).toBeLessThanOrEqual(Math.max(max, own.length));
        expect(new Set(kept.map(keywordKey)).size).toBe(kept.length);
      },
    ),
    { numRuns: 500 },
  );
});

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');

it('a keyword of the person that a model repeats is always among them', () => {
  const own = array(string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }), { maxLength: 8 });
  assert(
    property(own, array(constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 10 }), (mine, others) => {
      const words = mine.filter((keyword) => /[a-z]/iu.test(keyword));
      const kept = applyKeywordRules(
        [...others, ...words],
        { min: 0, max: 3, form: 'words' },
        { own: words, camera: {} },
      );
      const spoken = kept.map((keyword) => keyword.toLowerCase());
      for (const keyword of words) {
        // Two that differ by punctuation around them alone are one keyword, and one of them is kept.
        expect(spoken.map(bare)).toContain(bare(keyword));
      }
    }),
  );
});
