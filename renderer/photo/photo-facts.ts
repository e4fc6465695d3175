import { kilometresFrom } from '../../app/contract/place-name.ts';
import type { Texts } from '../texts/catalogue.ts';
import { formatBytes, formatCount, formatTime } from '../texts/format.ts';
import type { Photo } from './photo.ts';

/** A fact in words. Pure. */
export type Fact = { readonly id: string; readonly name: string; readonly value: string };

/** `+02:00`; the offset of a place from UTC. */
export function formatOffset(minutes: number): string {
  const sign = minutes < 0 ? '−' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** As a camera shows it: `1/250 s`, `2.5 s`. */
export function formatExposure(seconds: number, language: string): string {
  if (seconds > 0 && seconds < 0.3) return `1/${formatCount(Math.round(1 / seconds), language)} s`;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(seconds)} s`;
}

/** What the file says of itself and what follows from it, in the order in which people look for it. */
export function factsOf({ metadata }: Photo, language: string, texts: Texts): readonly Fact[] {
  const { facts } = texts.photo;
  const all: readonly [id: keyof typeof facts, value: string | undefined][] = [
    ['taken', takenOf(metadata, language, texts)],
    ['place', placeOf(metadata, texts)],
    ['position', positionOf(metadata, language)],
    ['camera', join([metadata.cameraMake, cameraOf(metadata)], ' ')],
    ['lens', metadata.lens],
    ['exposure', exposureOf(metadata, language)],
    ['flash', metadata.flashFired === undefined ? undefined : texts.photo.flash(metadata.flashFired)],
    ['rating', metadata.rating === undefined ? undefined : texts.photo.rating(metadata.rating)],
    ['label', metadata.label],
    ['creator', metadata.creator],
    ['size', sizeOf(metadata, language)],
  ];
  return all.flatMap(([id, value]) =>
    value === undefined || value === '' ? [] : [{ id, name: facts[id], value }],
  );
}

type Metadata = Photo['metadata'];

function join(parts: readonly (string | undefined | null)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(separator);
}

/** Without the make, which many cameras repeat. */
function cameraOf({ cameraMake, cameraModel }: Metadata): string | undefined {
  const isRepeated =
    cameraMake !== undefined && cameraModel?.toLowerCase().startsWith(cameraMake.toLowerCase()) === true;
  return isRepeated ? cameraModel.slice(cameraMake.length).trim() : cameraModel;
}

function takenOf(metadata: Metadata, language: string, texts: Texts): string | undefined {
  const { captureLocalMs, captureOffsetMinutes, derivedOffsetMinutes, timeZone } = metadata;
  if (captureLocalMs === undefined) return undefined;
  const time = formatTime(captureLocalMs, 'full', language, 'UTC');
  if (captureOffsetMinutes !== undefined) return `${time} (UTC${formatOffset(captureOffsetMinutes)})`;
  if (derivedOffsetMinutes === undefined) return time;
  return `${time} (UTC${formatOffset(derivedOffsetMinutes)}, ${texts.photo.derivedZone(timeZone ?? '')})`;
}

function placeOf({ place }: Metadata, texts: Texts): string | undefined {
  if (place === undefined) return undefined;
  const far = kilometresFrom(place);
  const near = place.isNear ? texts.photo.near(place.city) : place.city;
  const city = far === undefined ? near : texts.photo.farFrom(far, place.city);
  return join(
    [city, place.district === place.city ? undefined : place.district, place.region, place.country],
    ', ',
  );
}

function positionOf({ latitude, longitude }: Metadata, language: string): string | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 5 });
  return `${number.format(latitude)}° / ${number.format(longitude)}°`;
}

function exposureOf(metadata: Metadata, language: string): string {
  const { exposureSeconds, apertureF, iso, focalLengthMm } = metadata;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return join(
    [
      exposureSeconds === undefined ? undefined : formatExposure(exposureSeconds, language),
      apertureF === undefined ? undefined : `f/${number.format(apertureF)}`,
      iso === undefined ? undefined : `ISO ${String(iso)}`,
      focalLengthMm === undefined ? undefined : `${number.format(focalLengthMm)} mm`,
    ],
    ' · ',
  );
}

function sizeOf({ widthPx, heightPx, sizeBytes, format }: Metadata, language: string): string {
  const pixels =
    widthPx === null || heightPx === null
      ? undefined
      : `${formatCount(widthPx, language)} × ${formatCount(heightPx, language)}`;
  return join([pixels, format?.toUpperCase(), formatBytes(sizeBytes, language)], ' · ');
}
