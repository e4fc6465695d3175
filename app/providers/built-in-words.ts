import { formatPlace, formatWhere, kilometresFrom } from '../contract/place-name.ts';
import type { Place } from '../contract/models/asset.ts';

/** The languages that the built-in describer speaks. */
export type BuiltInLanguage = 'en' | 'de';

/** @param language a BCP 47 tag; what it does not speak it says in English */
export function builtInLanguageOf(language: string | undefined): BuiltInLanguage {
  return /^de(?=$|-)/i.test(language ?? '') ? 'de' : 'en';
}

export type TimeOfDay = 'night' | 'morning' | 'afternoon' | 'evening';
export type Shape = 'panorama' | 'narrow' | 'square' | 'landscape' | 'portrait';
/** With what, where and when, each as far as it is known. */
export type Origin = {
  readonly what: What;
  readonly device: string | undefined;
  readonly place: string | undefined;
  readonly day: string | undefined;
  readonly timeOfDay: string | undefined;
};

/** What is described. */
export type What = 'photo' | 'video';

/** What a language makes of facts. No word says what is in a picture. */
export type BuiltInWords = {
  /** Of which `Intl` knows months and weekdays. */
  readonly locale: string;
  readonly photoIn: (shape: Shape, what: What) => string;
  /** As a sentence's beginning. */
  readonly shape: (shape: Shape) => string;
  readonly frames: (count: number) => string;
  /** Of a video: minutes and seconds. */
  readonly lasts: (time: string) => string;
  readonly lessThanASecond: string;
  readonly exposure: (parts: string) => string;
  readonly withFlash: string;
  readonly decimal: (value: number) => string;
  readonly date: (day: number, month: string, year: string) => string;
  readonly weekday: (weekday: string, date: string) => string;
  readonly timeOfDay: Readonly<Record<TimeOfDay, string>>;
  readonly inPlace: (place: Place) => string;
  readonly taken: (origin: Origin) => string;
  readonly scanned: (device: string, day: string | undefined) => string;
  /** Parts of an alternative text, behind "photo in …". */
  readonly takenIn: (place: string) => string;
  readonly takenOn: (date: string, isBehindPlace: boolean) => string;
  readonly dated: (date: string) => string;
  readonly monochrome: string;
  readonly mostly: (colors: readonly string[]) => string;
  readonly keywords: { readonly monochrome: string; readonly panorama: string };
};

const joined = (parts: readonly (string | undefined)[], separator: string): string =>
  parts.filter((part) => part !== undefined).join(separator);

/** By sound: an Olympus, and an HP, whose letters are spoken one by one. */
function toArticle(name: string): 'a' | 'an' {
  return /^[aeio]/i.test(name) || /^[FHLMNRSX][A-Z]{1,2}\b/.test(name) ? 'an' : 'a';
}

/** "Landscape format", not "landscape": that would say what is in the picture. */
const englishShapes: Readonly<Record<Shape, string>> = {
  panorama: 'panorama format',
  narrow: 'tall, narrow format',
  square: 'square format',
  landscape: 'landscape format',
  portrait: 'portrait format',
};

const english: BuiltInWords = {
  locale: 'en',
  photoIn: (shape, what) => `${what === 'video' ? 'Video' : 'Photo'} in ${englishShapes[shape]}`,
  shape: (shape) => englishShapes[shape].slice(0, 1).toUpperCase() + englishShapes[shape].slice(1),
  lasts: (time) => `It lasts ${time}.`,
  lessThanASecond: 'less than a second',
  frames: (count) => `The file has ${String(count)} frames.`,
  exposure: (parts) => `Exposure: ${parts}.`,
  withFlash: 'with flash',
  decimal: String,
  date: (day, month, year) => `${String(day)} ${month} ${year}`,
  weekday: (weekday, date) => `${weekday} ${date}`,
  timeOfDay: {
    night: 'at night',
    morning: 'in the morning',
    afternoon: 'in the afternoon',
    evening: 'in the evening',
  },
  inPlace: (place) => (place.isNear ? formatWhere(place) : `in ${formatPlace(place)}`),
  taken: ({ what, device, place, day, timeOfDay }) => {
    const tool = device === undefined ? undefined : `with ${toArticle(device)} ${device}`;
    const on = day === undefined ? undefined : `on ${day}`;
    // With a comma before the day: "in Paris, France on Sunday" reads as a name.
    const taken = joined(
      [joined([`${what === 'video' ? 'Video' : 'Photo'} taken`, tool, place], ' '), place && on],
      ', ',
    );
    const whole = place === undefined ? joined([taken, on], ' ') : taken;
    return `${joined([whole, timeOfDay], ', ')}.`;
  },
  scanned: (device, day) =>
    `${joined([`Photo scanned with ${toArticle(device)} ${device}`, day === undefined ? undefined : `dated ${day}`], ', ')}.`,
  takenIn: (place) => `taken ${place}`,
  takenOn: (date, isBehindPlace) => `${isBehindPlace ? 'on' : 'taken on'} ${date}`,
  dated: (date) => `dated ${date}`,
  monochrome: 'in black and white',
  mostly: (colors) => `mostly ${listOf(colors, 'and')}`,
  keywords: { monochrome: 'black and white', panorama: 'panorama' },
};

const germanShapes: Readonly<Record<Shape, string>> = {
  panorama: 'Panoramaformat',
  narrow: 'hohes, schmales Format',
  square: 'quadratisches Format',
  landscape: 'Querformat',
  portrait: 'Hochformat',
};
const germanIn: Readonly<Record<Shape, string>> = {
  panorama: 'im Panoramaformat',
  narrow: 'in hohem, schmalem Format',
  square: 'in quadratischem Format',
  landscape: 'im Querformat',
  portrait: 'im Hochformat',
};

const germanColors: Readonly<Record<string, string>> = {
  black: 'Schwarz',
  grey: 'Grau',
  white: 'Weiß',
  red: 'Rot',
  orange: 'Orange',
  yellow: 'Gelb',
  green: 'Grün',
  teal: 'Türkis',
  blue: 'Blau',
  navy: 'Dunkelblau',
  purple: 'Violett',
  pink: 'Rosa',
  brown: 'Braun',
  beige: 'Beige',
};

const german: BuiltInWords = {
  locale: 'de',
  photoIn: (shape, what) => `${what === 'video' ? 'Video' : 'Foto'} ${germanIn[shape]}`,
  shape: (shape) => germanShapes[shape].slice(0, 1).toUpperCase() + germanShapes[shape].slice(1),
  lasts: (time) => `Es dauert ${time}.`,
  lessThanASecond: 'weniger als eine Sekunde',
  frames: (count) => `Die Datei hat ${String(count)} Einzelbilder.`,
  exposure: (parts) => `Belichtung: ${parts}.`,
  withFlash: 'mit Blitz',
  decimal: (value) => String(value).replace('.', ','),
  date: (day, month, year) => `${String(day)}. ${month} ${year}`,
  weekday: (weekday, date) => `${weekday}, ${date}`,
  timeOfDay: {
    night: 'nachts',
    morning: 'am Vormittag',
    afternoon: 'am Nachmittag',
    evening: 'am Abend',
  },
  inPlace: (place) => {
    const far = kilometresFrom(place);
    const relation = far === undefined ? (place.isNear ? 'bei' : 'in') : `${String(far)} km von`;
    return `${relation} ${formatPlace(place)}`;
  },
  taken: ({ what, device, place, day, timeOfDay }) => {
    const tool = device === undefined ? undefined : `mit ${device}`;
    const on = day === undefined ? undefined : `am ${day}`;
    const first = joined([`${what === 'video' ? 'Video' : 'Foto'}, aufgenommen`, tool, place], ' ');
    return `${joined(place === undefined ? [joined([first, on], ' '), timeOfDay] : [first, on, timeOfDay], ', ')}.`;
  },
  scanned: (device, day) =>
    `${joined([`Foto, gescannt mit ${device}`, day === undefined ? undefined : `datiert auf ${day}`], ', ')}.`,
  takenIn: (place) => `aufgenommen ${place}`,
  takenOn: (date, isBehindPlace) => `${isBehindPlace ? 'am' : 'aufgenommen am'} ${date}`,
  dated: (date) => `datiert auf ${date}`,
  monochrome: 'in Schwarz-Weiß',
  mostly: (colors) =>
    `überwiegend ${listOf(
      colors.map((color) => germanColors[color] ?? color),
      'und',
    )}`,
  keywords: { monochrome: 'Schwarz-Weiß', panorama: 'Panorama' },
};

export const builtInWords: Readonly<Record<BuiltInLanguage, BuiltInWords>> = { en: english, de: german };

function listOf(names: readonly string[], and: string): string {
  const last = names.at(-1) ?? '';
  const before = names.slice(0, -1);
  return before.length === 0 ? last : `${before.join(', ')} ${and} ${last}`;
}
