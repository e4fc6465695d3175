import { cameraName } from '../contract/camera-name.ts';
import type { Facts, Place } from '../contract/models/asset.ts';
import { placeNames } from '../contract/place-name.ts';
import { isAdministrativeName } from './administrative-name.ts';
import {
  builtInWords,
  type BuiltInLanguage,
  type BuiltInWords,
  type Shape,
  type TimeOfDay,
  type What,
} from './built-in-words.ts';
import { judgeCaptureClock } from './clock-trust.ts';
import type { KnownFacts } from './provider.ts';

/** Alt text has about this much room, by common guidance (AZURE §10). */
const longestAltTextChars = 125;

/** Change with every change of the wording below, so that what an older one said can be found. */
export const builtInWording: Readonly<Record<BuiltInLanguage, number>> = { en: 4, de: 5 };

/** The names of the fields are those of our response schema, so that it is read like any other answer. */
export type ComposedDescription = {
  readonly caption: string;
  readonly altText: string;
  readonly keywords: readonly string[];
};

/**
 * What can honestly be said of a photo without looking at what is in it. Captions and titles that are in the file already
 * are not repeated as ours; colours and shape are facets to search by and no keywords, except for what photographers
 * themselves use as subjects. `nowMs` decides whether a date can be true.
 */
export function composeDescription(
  known: KnownFacts,
  nowMs: number,
  language: BuiltInLanguage = 'en',
): ComposedDescription {
  const words = builtInWords[language];
  const when = describeWhen(known.facts, nowMs, words);
  const shape = shapeOf(known);
  const colors = describeColors(known, words);
  const { place } = known.facts;
  const what = known.video === undefined ? 'photo' : 'video';
  const origin = describeOrigin(known.facts, when, words, what);
  const look = (phrase: string): string => joinDefined([phrase, colors], ', ');
  return {
    caption: joinDefined(
      [
        origin ?? `${look(words.photoIn(shape, what))}.`,
        describeExposure(known.facts, words),
        origin === undefined ? undefined : `${look(words.shape(shape))}.`,
        known.video === undefined
          ? undefined
          : words.lasts(toClock(known.video.durationMs) ?? words.lessThanASecond),
        known.frameCount > 1 ? words.frames(known.frameCount) : undefined,
      ],
      ' ',
    ),
    altText: composeAltText([
      words.photoIn(shape, what),
      colors,
      place === undefined ? undefined : words.takenIn(words.inPlace(place)),
      when.date === undefined ? undefined : sayDate(known.facts, when.date, words),
    ]),
    keywords: [
      ...when.keywords,
      ...(known.isMonochrome ? [words.keywords.monochrome] : []),
      ...(shape === 'panorama' ? [words.keywords.panorama] : []),
      ...(place === undefined ? [] : placeKeywords(place)),
    ],
  };
}

/** A place that it is only near is not where it was taken; its region and country are. What offices call them is no keyword. */
function placeKeywords(place: Place): string[] {
  const areas = [place.district, place.region];
  return placeNames(place).filter(
    (name) => !(place.isNear && name === place.city) && !(areas.includes(name) && isAdministrativeName(name)),
  );
}

function sayDate(facts: Facts, date: string, words: BuiltInWords): string {
  return isScan(facts) ? words.dated(date) : words.takenOn(date, facts.place !== undefined);
}

/** Parts that do not fit are left out whole. */
function composeAltText(parts: readonly (string | undefined)[]): string {
  let altText = '';
  for (const part of parts) {
    const longer = joinDefined([altText === '' ? undefined : altText, part], ', ');
    if (longer.length < longestAltTextChars) altText = longer;
  }
  return `${altText}.`;
}

type When = {
  readonly date?: string;
  readonly weekday?: string;
  readonly timeOfDay?: string;
  readonly keywords: readonly string[];
};

const namesIn = (locale: string) => {
  const inUtc = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return { weekday: inUtc({ weekday: 'long' }), month: inUtc({ month: 'long' }) };
};
/** Made once: making one takes a hundred times as long as asking it. */
const calendars = new Map<string, ReturnType<typeof namesIn>>();

function calendarIn(locale: string) {
  const known = calendars.get(locale) ?? namesIn(locale);
  calendars.set(locale, known);
  return known;
}

function describeWhen(facts: Facts, nowMs: number, words: BuiltInWords): When {
  const { captureLocalMs } = facts;
  if (captureLocalMs === undefined) return { keywords: [] };
  const calendar = calendarIn(words.locale);
  const clock = judgeCaptureClock(captureLocalMs, nowMs);
  if (!clock.isDateTrusted) return { keywords: [] };
  const date = new Date(captureLocalMs);
  const year = String(date.getUTCFullYear());
  const month = calendar.month.format(date);
  return {
    date: words.date(date.getUTCDate(), month, year),
    weekday: calendar.weekday.format(date),
    ...(clock.isTimeTrusted && !isDaylightAtNight(facts, date.getUTCHours())
      ? { timeOfDay: words.timeOfDay[timeOfDayOf(date.getUTCHours())] }
      : {}),
    keywords: [year, month],
  };
}

/** Light that no lamp gives a room or a street: an overcast day has 12 and more. */
const daylightEv = 10;

const isNight = (hour: number): boolean => hour < 5 || hour >= 22;

/** The exposure shows that the clock is wrong: it says night, and there was daylight. */
function isDaylightAtNight({ exposureSeconds, apertureF, iso, flashFired }: Facts, hour: number): boolean {
  if (!isNight(hour) || flashFired === true) return false;
  if (exposureSeconds === undefined || apertureF === undefined || iso === undefined) return false;
  // The exposure value at ISO 100.
  return Math.log2(apertureF ** 2 / exposureSeconds) - Math.log2(iso / 100) >= daylightEv;
}

/** By the wall clock. */
function timeOfDayOf(hour: number): TimeOfDay {
  if (isNight(hour)) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

const scanner = /scan|\b(perfection|opticfilm|qss)/i;

function isScan(facts: Facts): boolean {
  return scanner.test(cameraName(facts) ?? '');
}

/** With what and when: "Photo taken with a Nikon D40 on Sunday 14 May 2006, in the afternoon." */
function describeOrigin(facts: Facts, when: When, words: BuiltInWords, what: What): string | undefined {
  const device = cameraName(facts);
  const day =
    when.date === undefined || when.weekday === undefined
      ? undefined
      : words.weekday(when.weekday, when.date);
  const place = facts.place === undefined ? undefined : words.inPlace(facts.place);
  if (device === undefined && day === undefined && place === undefined) return undefined;
  // A scan's date may be that of the scan or that of the photo.
  if (device !== undefined && isScan(facts)) return words.scanned(device, day);
  return words.taken({ what, device, place, day, timeOfDay: when.timeOfDay });
}

function describeExposure(facts: Facts, words: BuiltInWords): string | undefined {
  const { exposureSeconds, apertureF, iso, focalLengthMm } = facts;
  if (exposureSeconds === undefined && apertureF === undefined && iso === undefined) return undefined;
  const oneDecimal = (value: number): string => words.decimal(toOneDecimal(value));
  const parts = [
    exposureSeconds === undefined ? undefined : formatExposure(exposureSeconds, oneDecimal),
    apertureF === undefined ? undefined : `f/${oneDecimal(apertureF)}`,
    iso === undefined ? undefined : `ISO ${Math.round(iso)}`,
    focalLengthMm === undefined
      ? undefined
      : `${focalLengthMm < 10 ? oneDecimal(focalLengthMm) : Math.round(focalLengthMm)} mm`,
    facts.flashFired === true ? words.withFlash : undefined,
  ];
  return words.exposure(joinDefined(parts, ', '));
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** As players show it: `0:12`, `1:05:30`. */
/** `undefined`: less than a second. */
function toClock(durationMs: number): string | undefined {
  const seconds = Math.round(durationMs / 1000);
  if (seconds === 0) return undefined;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `:${twoDigits(seconds % 60)}`;
  return hours === 0 ? `${String(minutes)}${tail}` : `${String(hours)}:${twoDigits(minutes)}${tail}`;
}

/** As cameras show it: a fraction below a third of a second. */
function formatExposure(seconds: number, oneDecimal: (value: number) => string): string {
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${oneDecimal(seconds)} s`;
}

const toOneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** Wider than any screen that screenshots come from (21:9), as wide as stitched pictures are. */
const panoramaRatio = 2.5;
const squareTolerance = 0.05;

/** Sizes are after orientation. */
function shapeOf({ widthPx, heightPx }: KnownFacts): Shape {
  const ratio = widthPx / heightPx;
  if (ratio >= panoramaRatio) return 'panorama';
  if (ratio <= 1 / panoramaRatio) return 'narrow';
  if (Math.abs(ratio - 1) <= squareTolerance) return 'square';
  return ratio > 1 ? 'landscape' : 'portrait';
}

/** More than three colours say nothing. */
const namedColors = 3;

function describeColors({ colors, isMonochrome }: KnownFacts, words: BuiltInWords): string | undefined {
  if (isMonochrome) return words.monochrome;
  return colors.length === 0 ? undefined : words.mostly(colors.slice(0, namedColors));
}

function joinDefined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined).join(separator);
}
