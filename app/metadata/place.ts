import type { Facts, Place } from '../contract/models/asset.ts';
import { textLimits, toText } from './text-facts.ts';

/** Further from any populated place, its name says nothing of the photo: open sea, deserts, null island. */
const farthestKm = 30;

/** What ExifTool says of the populated place nearest to a file's position (its GeoNames index), by tag. */
export type PlaceTags = {
  readonly city: unknown;
  readonly district: unknown;
  readonly region: unknown;
  readonly country: unknown;
  /** Two letters. */
  readonly countryCode: unknown;
  readonly population: unknown;
  /** `1.37 km`. */
  readonly distance: unknown;
  readonly timeZone: unknown;
};

/** The place and the time zone of a position; nothing where the nearest place is too far away to speak for it. */
export function toPlaceFacts(tags: PlaceTags): Pick<Facts, 'place' | 'timeZone'> {
  const distanceKm = toKilometres(tags.distance);
  if (distanceKm === undefined || distanceKm > farthestKm) return {};
  const city = toText(tags.city, textLimits.name);
  const country = toText(tags.country, textLimits.name);
  const district = toText(tags.district, textLimits.name);
  const region = toText(tags.region, textLimits.name);
  const timeZone = toText(tags.timeZone, textLimits.name);
  const place: Place | undefined =
    city === undefined || country === undefined
      ? undefined
      : {
          city,
          ...(district === undefined ? {} : { district }),
          ...(region === undefined ? {} : { region }),
          country,
          distanceKm,
          isNear: distanceKm > radiusKm(tags.population),
        };
  return {
    ...(place === undefined ? {} : { place }),
    ...(timeZone === undefined || !isTimeZone(timeZone) ? {} : { timeZone }),
  };
}

/**
 * How far from its centre a place still is itself: about 3 000 people live on a square kilometre of a town, so that its
 * radius grows with the root of its population. 2 km for a village, 5 for 100 000 people, 15 for several millions.
 */
function radiusKm(population: unknown): number {
  const people = typeof population === 'number' && population > 0 ? population : 0; // why 0: a place without a number is a small one
  return Math.min(15, 2 + Math.sqrt(people / 3_000 / Math.PI));
}

/** The same at a border: a town is near, whichever country the photo was taken in. */
export function atBorder({ city, distanceKm }: Place): Place {
  return { city, distanceKm, isNear: true };
}

/** As ExifTool writes a distance (`2.31 km`); `undefined` for anything else. */
export function toKilometres(value: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?) km$/u.exec(typeof value === 'string' ? value : '');
  return match === null ? undefined : Number(match[1]);
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
