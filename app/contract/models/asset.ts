import { z } from 'zod';
import { errorInfo } from './error-info.ts';

/** Where a photo was taken, by the populated place nearest to its position; names in English. From GeoNames (CC BY 4.0). */
export const place = z.object({
  city: z.string(),
  /** A county, a province; or the city, where `city` is a part of it. */
  district: z.string().optional(),
  region: z.string().optional(),
  /** Nothing is said of it, nor of district and region, where a town of another country is about as near. */
  country: z.string().optional(),
  /** From the centre of the place. */
  distanceKm: z.number().nonnegative(),
  /** The photo was taken outside: near it rather than in it. */
  isNear: z.boolean(),
});
export type Place = z.infer<typeof place>;

/** What is known of a file's facts; every one may be missing. */
export const facts = z.object({
  /** The camera's wall clock as if it were UTC. */
  captureLocalMs: z.number().int().optional(),
  /** The capture time's own offset from UTC, in minutes, when the file says it. */
  captureOffsetMinutes: z.number().int().optional(),
  cameraMake: z.string().optional(),
  cameraModel: z.string().optional(),
  lens: z.string().optional(),
  apertureF: z.number().positive().optional(),
  exposureSeconds: z.number().positive().optional(),
  iso: z.number().positive().optional(),
  focalLengthMm: z.number().positive().optional(),
  flashFired: z.boolean().optional(),
  /** Degrees, north and east positive. */
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Derived from the position, never read from the file. */
  place: place.optional(),
  /** IANA name of the zone at the position, such as `Europe/Rome`. Derived. */
  timeZone: z.string().optional(),
  /** Where the file has no offset: that of `timeZone` at the capture time. Derived, and never the camera's own word. */
  derivedOffsetMinutes: z.number().int().optional(),
  /** `xmp:Rating`: −1 (rejected) to 5. */
  rating: z.number().int().min(-1).max(5).optional(),
  label: z.string().optional(),
  title: z.string().optional(),
  caption: z.string().optional(),
  altText: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  keywordPaths: z.array(z.string()).optional(),
  creator: z.string().optional(),
});
export type Facts = z.infer<typeof facts>;

/** What a video has beside what every asset has. */
export const video = z.object({
  durationMs: z.number().int().positive(),
  /** Short name, such as `avc`, `hevc`, `vp9`; `null`: none that is known. */
  codec: z.string().nullable(),
  /** Frames a second. */
  frameRate: z.number().positive().nullable(),
  hasSound: z.boolean(),
  /** Why no picture could be taken out of it. */
  framesError: errorInfo.nullable(),
});
export type Video = z.infer<typeof video>;

/**
 * `found` = seen by the scan, not read yet; `ready` = can be described; `unsupported` = a format for a later release;
 * `unreadable` = something is wrong with the file, see its error. Whether the file is there is the file's state.
 */
export const assetState = z.enum(['found', 'ready', 'unsupported', 'unreadable']);
export type AssetState = z.infer<typeof assetState>;

/**
 * Pictures for the screen, made from originals: for the grid (`exif-thumbnail` is the camera's own small one, until ours
 * is made), for a whole screen, and every pixel; of a video, `scrubFrames` frames of it side by side.
 */
export const renditionKind = z.enum(['exif-thumbnail', 'thumbnail', 'preview', 'full', 'scrub']);
export type RenditionKind = z.infer<typeof renditionKind>;
/** Cells of the rendition `scrub`, in the order of their times, each in the middle of its part of the video. */
export const scrubFrames = 10;
