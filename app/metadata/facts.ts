import type { Facts } from '../contract/models.ts';
import { toCameraMake, toCameraModel, toLens } from './camera-name.ts';
import { parseCaptureTime, type CaptureTimeText } from './capture-time.ts';
import { textLimits, toKeywords, toText, toWrittenText } from './text-facts.ts';
import { zoneOffsetMinutes } from './zone-offset.ts';

/**
 * What a reader found, not yet judged: for each fact its possible sources, the best first. Both readers, the fast one and
 * ExifTool, end here, so that the same bytes give the same facts whoever reads them.
 */
export type FactCandidates = {
  readonly captureTime: readonly CaptureTimeText[];
  readonly make: readonly unknown[];
  readonly model: readonly unknown[];
  readonly lens: readonly unknown[];
  readonly apertureF: readonly unknown[];
  readonly exposureSeconds: readonly unknown[];
  readonly iso: readonly unknown[];
  readonly focalLengthMm: readonly unknown[];
  /** Exif's flash value, whose lowest bit says whether it fired. */
  readonly flash: readonly unknown[];
  /** Signed degrees. */
  readonly position: readonly { readonly latitude: unknown; readonly longitude: unknown }[];
  readonly rating: readonly unknown[];
  /** Windows' rating, 0–99. */
  readonly ratingPercent: readonly unknown[];
  readonly label: readonly unknown[];
  readonly title: readonly unknown[];
  readonly caption: readonly unknown[];
  readonly altText: readonly unknown[];
  /** Whole lists: the first that is not empty counts. */
  readonly keywords: readonly (readonly unknown[])[];
  readonly keywordPaths: readonly (readonly unknown[])[];
  /** Lists of names. */
  readonly creator: readonly (readonly unknown[])[];
};

/** Judges candidates: what is not plausible is left out, never guessed. */
export function toFacts(candidates: FactCandidates): Facts {
  const time = first(candidates.captureTime, parseCaptureTime);
  const cameraMake = first(candidates.make, toCameraMake);
  const position = first(candidates.position, toPosition);
  const facts: Facts = {
    captureLocalMs: time?.localMs,
    captureOffsetMinutes: time?.offsetMinutes,
    cameraMake,
    cameraModel: first(candidates.model, (value) => toCameraModel(value, cameraMake)),
    lens: first(candidates.lens, toLens),
    apertureF: first(candidates.apertureF, (value) => toNumber(value, 0.1, 1000)),
    exposureSeconds: first(candidates.exposureSeconds, (value) => toNumber(value, 1e-7, 1e6)),
    iso: first(candidates.iso, toIso),
    focalLengthMm: first(candidates.focalLengthMm, (value) => toNumber(value, 0.1, 1e5)),
    flashFired: first(candidates.flash, toFlashFired),
    latitude: position?.latitude,
    longitude: position?.longitude,
    rating: first(candidates.rating, toRating) ?? first(candidates.ratingPercent, toRatingFromPercent),
    label: first(candidates.label, (value) => toText(value, textLimits.name)),
    title: first(candidates.title, (value) => toWrittenText(value, textLimits.title)),
    caption: first(candidates.caption, (value) => toWrittenText(value, textLimits.caption)),
    altText: first(candidates.altText, (value) => toWrittenText(value, textLimits.altText)),
    keywords: first(candidates.keywords, (list) => toKeywords(list, textLimits.keyword)),
    keywordPaths: first(candidates.keywordPaths, (list) => toKeywords(list, textLimits.keywordPath)),
    creator: first(candidates.creator, toCreator),
  };
  return withoutUndefined(facts);
}

/** Where both spoke, what the thorough reader (ExifTool) says wins, field by field; a position and a time stay whole. */
export function mergeFacts(head: Facts, thorough: Facts): Facts {
  const merged = { ...head, ...withoutUndefined(thorough) };
  // A half of one reader's pair must not stand beside the other's half.
  if (thorough.captureLocalMs !== undefined && thorough.captureOffsetMinutes === undefined) {
    if (thorough.captureLocalMs !== head.captureLocalMs) delete merged.captureOffsetMinutes;
  }
  return deriveFacts(merged, thorough);
}

/** What follows from a position is as new as the position, and an offset is derived only where the file has none. */
function deriveFacts(merged: Facts, thorough: Facts): Facts {
  const { place: _place, timeZone: _timeZone, derivedOffsetMinutes: _offset, ...read } = merged;
  const { place, timeZone } = thorough;
  const { captureLocalMs, captureOffsetMinutes } = read;
  const hasOwnOffset = captureLocalMs === undefined || captureOffsetMinutes !== undefined;
  return withoutUndefined({
    ...read,
    place,
    timeZone,
    derivedOffsetMinutes:
      hasOwnOffset || timeZone === undefined ? undefined : zoneOffsetMinutes(timeZone, captureLocalMs),
  });
}

function first<Value, Fact>(
  values: readonly Value[],
  judge: (value: Value) => Fact | undefined,
): Fact | undefined {
  for (const value of values) {
    const fact = judge(value);
    if (fact !== undefined) return fact;
  }
  return undefined;
}

function withoutUndefined(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** A finite number inside the range; texts of numbers count. */
function toNumber(value: unknown, min: number, max: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= min && number <= max ? number : undefined;
}

/** 65 535 says "more than this field can hold"; maker notes hold logarithms, so that 100 comes back as 100.3. */
function toIso(value: unknown): number | undefined {
  const iso = toNumber(value, 1, 1e8);
  return iso === undefined || iso === 65_535 ? undefined : Math.round(iso);
}

function toFlashFired(value: unknown): boolean | undefined {
  const flash = toNumber(value, 0, 0xffff);
  return flash === undefined ? undefined : (flash & 1) === 1;
}

/** Both halves or none. Exactly 0°, 0° is what receivers without a fix write, and open sea. */
function toPosition(position: {
  latitude: unknown;
  longitude: unknown;
}): { latitude: number; longitude: number } | undefined {
  const latitude = toNumber(position.latitude, -90, 90);
  const longitude = toNumber(position.longitude, -180, 180);
  if (latitude === undefined || longitude === undefined) return undefined;
  if (latitude === 0 && longitude === 0) return undefined;
  return { latitude: toSevenPlaces(latitude), longitude: toSevenPlaces(longitude) };
}

/** A centimetre; what is behind it is noise of adding up minutes and seconds. */
function toSevenPlaces(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function toRating(value: unknown): number | undefined {
  const rating = toNumber(value, -1, 5);
  return rating === undefined ? undefined : Math.round(rating);
}

/** Windows writes 1, 25, 50, 75 and 99 for one to five stars. */
function toRatingFromPercent(value: unknown): number | undefined {
  const percent = toNumber(value, 0, 100);
  if (percent === undefined) return undefined;
  return percent === 0 ? 0 : Math.min(5, 1 + Math.round(percent / 25));
}

function toCreator(names: readonly unknown[]): string | undefined {
  const written = names.flatMap((name) => toWrittenText(name, textLimits.creator) ?? []);
  return toText(written.slice(0, 10).join(', '), textLimits.creator);
}
