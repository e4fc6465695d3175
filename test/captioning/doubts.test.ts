import { describe, expect, test } from 'vitest';
import { findDoubts, type Asked } from '../../app/captioning/doubts.ts';
import type { DescriptionFields, Facts } from '../../app/contract/models.ts';

const asked: Asked = {
  fields: ['title', 'caption', 'altText', 'keywords'],
  keywords: { min: 2, max: 9, form: 'phrases' },
  language: 'en',
};

const doubtsOf = (
  fields: DescriptionFields,
  more: Partial<Asked> = {},
  known: { facts?: Facts; notes?: string[]; folders?: string[] } = {},
) =>
  findDoubts(
    { keywords: ['heron', 'reeds'], ...fields },
    { ...asked, ...more },
    {
      fileName: 'a.jpg',
      folders: [],
      notes: [],
      widthPx: 1,
      heightPx: 1,
      colors: [],
      frameCount: 1,
      isMonochrome: false,
      facts: {},
      ...known,
    },
    Date.UTC(2026, 0, 1),
  );

const english = 'A grey heron stands in the reeds at the edge of a lake with its wings folded.';
const german =
  'Ein Graureiher steht im Schilf am Ufer eines Sees und hält die Flügel angelegt, die Sonne ist tief.';
const french =
  'Un héron cendré se tient dans les roseaux au bord du lac, les ailes repliées, avec le soleil bas.';

describe('keywords', () => {
  test('fewer than asked for are a doubt, none when nobody asked', () => {
    expect(doubtsOf({ caption: english, keywords: ['heron'] })).toEqual(['few-keywords']);
    expect(doubtsOf({ caption: english, keywords: ['heron', 'lake'] })).toEqual([]);
    expect(doubtsOf({ caption: english, keywords: [] }, { fields: ['caption'] })).toEqual([]);
  });
});

describe('another language', () => {
  test.each([
    ['en', english, false],
    ['en', german, true],
    ['en', french, true],
    ['de', german, false],
    ['de-AT', german, false],
    ['de', english, true],
    ['fr', french, false],
    ['fr', english, true],
    ['es', english, true],
    ['ja', english, true],
    ['ja', '湖のほとりの葦の中に立つアオサギ、翼をたたんでいる。', false],
    ['en', '湖のほとりの葦の中に立つアオサギ、翼をたたんでいる。', true],
    ['ru', 'Серая цапля стоит в камышах на берегу озера.', false],
    ['en', 'Серая цапля стоит в камышах на берегу озера.', true],
    // Of these nothing is known.
    ['fi', english, false],
    ['Swiss German', german, false],
    // Too short to tell, and names.
    ['de', 'Heron, reeds', false],
    ['en', 'Am Ufer', false],
  ])('%s: %s', (language, caption, isDoubtful) => {
    expect(doubtsOf({ caption }, { language }).includes('other-language')).toBe(isDoubtful);
  });
});

describe('a place that nobody told of', () => {
  test.each([
    ['A street café in Paris in the rain.', true],
    ['The harbour of New York at night.', true],
    ['A village in Italy.', true],
    ['A wild turkey crosses a road.', false],
    ['Turkey with chestnuts on a china plate.', false],
    ['A man named Jordan laughs.', false],
    ['A heron in the reeds.', false],
    ['The word parish is not Paris-like', true],
    ['A parish church.', false],
  ])('%s', (caption, isDoubtful) => {
    expect(doubtsOf({ caption }).includes('unknown-place')).toBe(isDoubtful);
  });

  test('may stand on a sign, in a note, in a folder’s name, or be the place that is known', () => {
    const caption = 'A train to Paris waits.';
    const facts: Facts = { place: { city: 'Lyon', country: 'France', distanceKm: 1, isNear: false } };
    expect(doubtsOf({ caption })).toEqual(['unknown-place']);
    expect(doubtsOf({ caption, recognizedText: 'PARIS 14:05' })).toEqual([]);
    expect(doubtsOf({ caption }, {}, { notes: ['Trip to Paris'] })).toEqual([]);
    expect(doubtsOf({ caption }, {}, { folders: ['2019 Paris'] })).toEqual([]);
    expect(doubtsOf({ caption }, {}, { facts })).toEqual([]);
  });

  test('is seen in other languages and among keywords', () => {
    expect(doubtsOf({ caption: 'Ein Dorf in Frankreich.' }, { language: 'de' })).toEqual(['unknown-place']);
    expect(doubtsOf({ caption: 'A square.', keywords: ['square', 'Rome'] })).toEqual(['unknown-place']);
  });
});
