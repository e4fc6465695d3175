import type { Facts } from '../contract/models/asset.ts';
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

/** What people write, and programs put into sidecars. What cameras write stands in the picture. */
const writtenFields = ['title', 'caption', 'altText', 'rating', 'label', 'creator'] as const;

/**
 * The facts of a photo with those of its sidecars, the newest last. Where a program keeps a sidecar, it no longer writes
 * into the file: texts, rating, label and position are the sidecar's. Keywords of both are kept, since a lost one is never
 * found again. Whatever else a sidecar says only fills gaps.
 */
export function withSidecars(facts: Facts, sidecars: readonly Facts[]): Facts {
  return sidecars.reduce((before, sidecar) => {
    const written = Object.fromEntries(writtenFields.map((field) => [field, sidecar[field]]));
    const { latitude, longitude } = sidecar;
    const position = latitude === undefined || longitude === undefined ? {} : { latitude, longitude };
    return { ...fillFacts(before, sidecar), ...withoutUndefined(written), ...position };
  }, facts);
}

/** The facts of a file, with what only another file of the same shot knows; the keywords of both. */
export function fillFacts(facts: Facts, other: Facts): Facts {
  const { latitude, longitude, captureLocalMs, captureOffsetMinutes, ...rest } = other;
  return withoutUndefined({
    ...rest,
    ...(facts.latitude === undefined && { latitude, longitude }),
    ...(facts.captureLocalMs === undefined && { captureLocalMs, captureOffsetMinutes }),
    ...facts,
    keywords: union(facts.keywords, other.keywords),
    keywordPaths: union(facts.keywordPaths, other.keywordPaths),
  });
}

/** In order, each once whatever its case. */
function union(one: string[] | undefined, other: string[] | undefined): string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const known = new Set(one.map((keyword) => keyword.toLowerCase()));
  return [...one, ...other.filter((keyword) => !known.has(keyword.toLowerCase()))];
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
