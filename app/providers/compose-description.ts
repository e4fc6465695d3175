import { cameraName } from '../contract/camera-name.ts';
import type { Facts, Place } from '../contract/models.ts';
import { formatPlace, placeNames } from '../contract/place-name.ts';
import { judgeCaptureClock } from './clock-trust.ts';
import type { KnownFacts } from './provider.ts';

/** Alt text has about this much room, by common guidance (AZURE §10). */
const longestAltTextChars = 125;

/** Changes with every change of the wording below, so that what an older one said can be found. */
export const builtInWording = 2;

/** The names of the fields are those of our response schema, so that it is read like any other answer. */
export type ComposedDescription = {
  readonly caption: string;
  readonly altText: string;
  readonly keywords: readonly string[];
};

/**
 * What can honestly be said of a photo without looking at what is in it, in English. Captions and titles that are in the
 * file already are not repeated as ours; colours and shape are facets to search by and no keywords, except for what
 * photographers themselves use as subjects. `nowMs` decides whether a date can be true.
 */
export function composeDescription(known: KnownFacts, nowMs: number): ComposedDescription {
  const when = describeWhen(known.facts, nowMs);
  const shape = describeShape(known);
  const colors = describeColors(known);
  const { place } = known.facts;
  const origin = describeOrigin(known.facts, when);
  const look = (phrase: string): string => joinDefined([phrase, colors], ', ');
  return {
    caption: joinDefined(
      [
        origin ?? `${look(`Photo in ${shape.format}`)}.`,
        describeExposure(known.facts),
        origin === undefined ? undefined : `${look(capitalize(shape.format))}.`,
        known.frameCount > 1 ? `The file has ${known.frameCount} frames.` : undefined,
      ],
      ' ',
    ),
    altText: composeAltText([
      `Photo in ${shape.format}`,
      colors,
      place === undefined ? undefined : `taken ${inPlace(place)}`,
      when.date === undefined ? undefined : `${dateVerb(known.facts)} ${when.date}`,
    ]),
    keywords: [
      ...when.keywords,
      ...(known.isMonochrome ? ['black and white'] : []),
      ...(shape.isPanorama ? ['panorama'] : []),
      ...(place === undefined ? [] : placeKeywords(place)),
    ],
  };
}

function inPlace(place: Place): string {
  return `${place.isNear ? 'near' : 'in'} ${formatPlace(place)}`;
}

/** A place that it is only near is not where it was taken; its region and country are. */
function placeKeywords(place: Place): string[] {
  return placeNames(place).filter((name) => !place.isNear || name !== place.city);
}

function dateVerb(facts: Facts): string {
  if (isScan(facts)) return 'dated';
  return facts.place === undefined ? 'taken on' : 'on';
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

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
const weekdayFormat = inUtc({ weekday: 'long' });
const monthFormat = inUtc({ month: 'long' });

function describeWhen(facts: Facts, nowMs: number): When {
  const { captureLocalMs } = facts;
  if (captureLocalMs === undefined) return { keywords: [] };
  const clock = judgeCaptureClock(captureLocalMs, nowMs);
  if (!clock.isDateTrusted) return { keywords: [] };
  const date = new Date(captureLocalMs);
  const year = String(date.getUTCFullYear());
  const month = monthFormat.format(date);
  return {
    date: `${date.getUTCDate()} ${month} ${year}`,
    weekday: weekdayFormat.format(date),
    ...(clock.isTimeTrusted && !isDaylightAtNight(facts, date.getUTCHours())
      ? { timeOfDay: toTimeOfDay(date.getUTCHours()) }
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
function toTimeOfDay(hour: number): string {
  if (isNight(hour)) return 'at night';
  if (hour < 12) return 'in the morning';
  return hour < 18 ? 'in the afternoon' : 'in the evening';
}

const scanner = /scan|\b(perfection|opticfilm|qss)/i;

function isScan(facts: Facts): boolean {
  return scanner.test(cameraName(facts) ?? '');
}

/** With what and when: "Photo taken with a Nikon D40 on Sunday 14 May 2006, in the afternoon." */
function describeOrigin(facts: Facts, when: When): string | undefined {
  const camera = cameraName(facts);
  const date = when.date === undefined ? undefined : `${when.weekday} ${when.date}`;
  const place = facts.place === undefined ? undefined : inPlace(facts.place);
  if (camera === undefined && date === undefined && place === undefined) return undefined;
  const device = camera === undefined ? undefined : `with ${toArticle(camera)} ${camera}`;
  // A scan's date may be that of the scan or that of the photo.
  if (isScan(facts)) {
    return `${joinDefined([`Photo scanned ${device}`, date === undefined ? undefined : `dated ${date}`], ', ')}.`;
  }
  const day = date === undefined ? undefined : `on ${date}`;
  // With a comma before the day: "in Paris, France on Sunday" reads as a name.
  const taken = joinDefined([joinDefined(['Photo taken', device, place], ' '), place && day], ', ');
  const whole = place === undefined ? joinDefined([taken, day], ' ') : taken;
  return `${joinDefined([whole, when.timeOfDay], ', ')}.`;
}

/** By sound: an Olympus, and an HP, whose letters are spoken one by one. */
function toArticle(name: string): 'a' | 'an' {
  return /^[aeio]/i.test(name) || /^[FHLMNRSX][A-Z]{1,2}\b/.test(name) ? 'an' : 'a';
}

function describeExposure(facts: Facts): string | undefined {
  const { exposureSeconds, apertureF, iso, focalLengthMm } = facts;
  if (exposureSeconds === undefined && apertureF === undefined && iso === undefined) return undefined;
  const parts = [
    exposureSeconds === undefined ? undefined : formatExposure(exposureSeconds),
    apertureF === undefined ? undefined : `f/${toOneDecimal(apertureF)}`,
    iso === undefined ? undefined : `ISO ${Math.round(iso)}`,
    focalLengthMm === undefined
      ? undefined
      : `${focalLengthMm < 10 ? toOneDecimal(focalLengthMm) : Math.round(focalLengthMm)} mm`,
    facts.flashFired === true ? 'with flash' : undefined,
  ];
  return `Exposure: ${joinDefined(parts, ', ')}.`;
}

/** As cameras show it: a fraction below a third of a second. */
function formatExposure(seconds: number): string {
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${toOneDecimal(seconds)} s`;
}

const toOneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** Wider than any screen that screenshots come from (21:9), as wide as stitched pictures are. */
const panoramaRatio = 2.5;
const squareTolerance = 0.05;

/** "Landscape format", not "landscape": that would say what is in the picture. Sizes are after orientation. */
function describeShape({ widthPx, heightPx }: KnownFacts): {
  readonly format: string;
  readonly isPanorama: boolean;
} {
  const ratio = widthPx / heightPx;
  if (ratio >= panoramaRatio) return { format: 'panorama format', isPanorama: true };
  if (ratio <= 1 / panoramaRatio) return { format: 'tall, narrow format', isPanorama: false };
  if (Math.abs(ratio - 1) <= squareTolerance) return { format: 'square format', isPanorama: false };
  return { format: ratio > 1 ? 'landscape format' : 'portrait format', isPanorama: false };
}

/** More than three colours say nothing. */
const namedColors = 3;

function describeColors({ colors, isMonochrome }: KnownFacts): string | undefined {
  if (isMonochrome) return 'in black and white';
  const named = colors.slice(0, namedColors);
  const last = named.pop();
  if (last === undefined) return undefined;
  return `mostly ${named.length === 0 ? last : `${named.join(', ')} and ${last}`}`;
}

const capitalize = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function joinDefined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined).join(separator);
}
