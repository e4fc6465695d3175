import { describe, expect, test } from 'vitest';
import { findDoubts, type Asked } from '../../app/captioning/doubts.ts';
import type { DescriptionFields } from '../../app/contract/models/description.ts';
import type { Facts } from '../../app/contract/models/asset.ts';

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

/** As models write them, long and short; where two languages have one word for it, too. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  en: [
    english,
    'A brown dog runs on a beach.',
    'Red car parked near a bridge.',
    'Two women laughing at a café table in the rain.',
    'An old village of the Provence at sunset; lavender fields, a stone chapel.',
    'Portrait of a young man with a guitar.',
  ],
  de: [
    german,
    'Ein brauner Hund läuft am Strand.',
    'Zwei Frauen lachen an einem Cafétisch im Regen.',
    'Der Sänger der Band „The Rolling Stones“ steht auf der Bühne in New York.',
    'Sonnenuntergang über dem Meer mit Segelboot.',
  ],
  fr: [
    french,
    'Un chien brun court sur la plage.',
    'Voiture rouge garée près d’un pont.',
    'Deux femmes rient à une table de café sous la pluie.',
    'Coucher de soleil sur la mer avec un voilier.',
    'L’Arc de Triomphe et les Champs-Élysées de nuit, illuminés.',
  ],
  es: [
    'Una garza gris está entre los juncos a la orilla de un lago, con las alas plegadas.',
    'Un perro marrón corre por la playa.',
    'Dos mujeres ríen en la mesa de un café bajo la lluvia.',
    'Atardecer sobre el mar con un velero.',
  ],
  it: [
    'Un airone cenerino sta tra le canne sulla riva di un lago, con le ali ripiegate.',
    'Un cane marrone corre sulla spiaggia.',
    'Due donne ridono al tavolo di un bar sotto la pioggia.',
    'Tramonto sul mare con una barca a vela.',
  ],
  ja: [
    '湖のほとりの葦の中に立つアオサギ、翼をたたんでいる。',
    '茶色い犬が浜辺を走っている。',
    'ニューヨークのカフェ「Blue Bottle」の前に立つ二人の女性。',
  ],
};

/** Names and what stands on signs, and too few words to tell one language from another: never an alarm. */
const unclear: readonly (readonly [string, string])[] = [
  ['en', 'Foggy morning over the fjord, Norway.'],
  ['de', 'Rotes Auto neben einer Brücke.'],
  ['de', 'Ein Schild mit der Aufschrift „Fish and Chips on the Beach“ hängt vor einem Haus.'],
  ['fr', 'Un panneau « The Old Man and the Sea » devant une librairie.'],
  ['es', 'Coche rojo aparcado junto a un puente.'],
  ['es', 'La casa de Anna, en el centro de Santa Fe, Argentina.'],
  ['it', 'Auto rossa parcheggiata vicino a un ponte.'],
  ['it', 'La casa di Anna a Santa Maria Maggiore.'],
  ['en', 'La Casa Rosada, Plaza de Mayo, Buenos Aires.'],
  ['de', 'Das Graffito „Love is in the air“ an einer Mauer.'],
  ['fr', 'On voit le bus no 5 à Saint-Denis, on dirait un tram.'],
  ['pt', 'Um cão castanho corre na praia ao pôr do sol, com o mar ao fundo.'],
  ['nl', 'Een bruine hond rent in de avond op het strand.'],
];

describe('an answer in a language', () => {
  const cases = Object.entries(sentences).flatMap(([language, texts]) =>
    texts.map((text) => [language, text] as const),
  );

  test.each([...cases, ...unclear])('is no doubt where it was asked for: %s: %s', (language, caption) => {
    expect(doubtsOf({ caption }, { language })).not.toContain('other-language');
  });

  test.each(cases)('is one wherever it was not: %s: %s', (language, caption) => {
    const others = Object.keys(sentences).filter((other) => other !== language);
    const unseen = others.filter(
      (other) => !doubtsOf({ caption }, { language: other }).includes('other-language'),
    );
    expect(unseen).toEqual([]);
  });
});

test('where keywords are all that was asked for, they tell the language', () => {
  const keywords = ['dog', 'running', 'beach', 'sea', 'sunset', 'frisbee'];
  expect(doubtsOf({ keywords }, { language: 'fr', fields: ['keywords'] })).toEqual(['other-language']);
  expect(doubtsOf({ keywords }, { fields: ['keywords'] })).toEqual([]);
  const caption = 'Un chien brun court sur la plage.';
  expect(
    doubtsOf({ caption, keywords: ['street art', 'black and white', 'night'] }, { language: 'fr' }),
  ).toEqual([]);
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
