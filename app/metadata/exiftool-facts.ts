import type { Facts } from '../contract/models/asset.ts';
import { AppError } from '../platform/errors.ts';
import { createExifTool, findStartProblem } from './exiftool-process.ts';
import {
  exifToolArguments,
  toCandidatesFromTags,
  toContentIdentifier,
  toForeign,
  toOrientationFromTags,
  toPlaceTags,
  townsAroundArguments,
} from './exiftool-tags.ts';
import { toFacts } from './facts.ts';
import { Borders } from './border.ts';
import { atBorder, toPlaceFacts } from './place.ts';

export type ExifToolReaderOptions = {
  readonly maxProcesses: number;
  /** Longest work on one file; a second try may follow. @default 15 000 */
  readonly timeoutMs?: number;
  /** @default 'perl', found by PATH */
  readonly perl?: string;
};

export type ThoroughFacts =
  | {
      readonly status: 'read';
      readonly facts: Facts;
      /** Exif's orientation, 1–8, as the file says it. */
      readonly orientation?: number;
      /** Apple's, of the movie of a Live Photo. */
      readonly contentIdentifier?: string;
      /** ExifTool's own words, for the log. */
      readonly problems: readonly string[];
    }
  /** No ExifTool here: no Perl, or the reader is closed. The facts of the first pass stand. */
  | { readonly status: 'unavailable'; readonly reason: string }
  /** ExifTool takes no line breaks in file names. */
  | { readonly status: 'skipped'; readonly reason: 'file-name' }
  | { readonly status: 'failed'; readonly reason: 'timeout' | 'unreadable'; readonly detail: string };

export type ExifToolReader = {
  /** Throws `canceled` when `signal` aborts; everything else is a value. */
  readonly read: (path: string, signal?: AbortSignal) => Promise<ThoroughFacts>;
  /** Ends the processes; reads under way become `unavailable`. */
  readonly close: () => Promise<void>;
};

/** The thorough reader behind `readHeadFacts`: every format, 10–20 ms a file. Its processes start with the first read. */
export function createExifToolReader(options: ExifToolReaderOptions): ExifToolReader {
  const { maxProcesses, timeoutMs = 15_000, perl = 'perl' } = options;
  const processOptions = { maxProcesses, timeoutMs, perl };
  let started: Promise<string | undefined> | undefined;
  let cluster: ReturnType<typeof createExifTool> | undefined;
  let isClosed = false;
  const borders = new Borders();

  /** The facts of a place, without a country that may be the wrong one. */
  const withBorder = async (exifTool: ExifTool, path: string, tags: Tags, facts: Facts): Promise<Facts> => {
    const { place, latitude, longitude } = facts;
    const country = toPlaceTags(tags).countryCode;
    if (place === undefined || latitude === undefined || longitude === undefined) return facts;
    if (typeof country !== 'string' || !/^[A-Z]{2}$/u.test(country)) return facts;
    const at = { latitude, longitude };
    const isAtBorder = await borders.isAtBorder(at, { country, ownKm: place.distanceKm }, async () => {
      try {
        return toForeign(await exifTool.readRaw(path, { readArgs: townsAroundArguments(at) }), country);
      } catch {
        // The facts are read; the place stands as it does without a border.
        return undefined;
      }
    });
    return isAtBorder ? { ...facts, place: atBorder(place) } : facts;
  };

  const read = async (path: string): Promise<ThoroughFacts> => {
    if (/[\r\n]/u.test(path)) return { status: 'skipped', reason: 'file-name' };
    started ??= findStartProblem(processOptions);
    const startProblem = (await started) ?? (isClosed ? 'closed' : undefined);
    if (startProblem !== undefined) return { status: 'unavailable', reason: startProblem };
    try {
      const exifTool = await (cluster ??= createExifTool(processOptions));
      const tags: Tags = await exifTool.readRaw(path, { readArgs: exifToolArguments });
      const thorough = toThoroughFacts(tags);
      if (thorough.status !== 'read') return thorough;
      return { ...thorough, facts: await withBorder(exifTool, path, tags, thorough.facts) };
    } catch (error) {
      if (isClosed) return { status: 'unavailable', reason: 'closed' };
      const isTimeout = error instanceof Error && error.name === 'TaskTimeoutError';
      return { status: 'failed', reason: isTimeout ? 'timeout' : 'unreadable', detail: messageOf(error) };
    }
  };

  return {
    read: (path, signal) => orCanceled(read(path), signal),
    close: async () => {
      isClosed = true;
      await (await cluster)?.end();
    },
  };
}

type Tags = Readonly<Record<string, unknown>>;
type ExifTool = Awaited<ReturnType<typeof createExifTool>>;

function toThoroughFacts(tags: Tags): ThoroughFacts {
  const read = toFacts(toCandidatesFromTags(tags));
  // Without a position that we believe in, ExifTool's place is that of one which we do not.
  const facts = read.latitude === undefined ? read : { ...read, ...toPlaceFacts(toPlaceTags(tags)) };
  const orientation = toOrientationFromTags(tags);
  const errors = toMessages(tags['errors']);
  const [firstError] = errors;
  // An error beside facts (a cut-off file) is a problem; an error alone means that nothing was understood.
  if (firstError !== undefined && Object.keys(facts).length === 0) {
    return { status: 'failed', reason: 'unreadable', detail: firstError };
  }
  const problems = [...errors, ...toMessages(tags['warnings'])];
  const contentIdentifier = toContentIdentifier(tags);
  return {
    status: 'read',
    facts,
    ...(orientation !== undefined && { orientation }),
    ...(contentIdentifier !== undefined && { contentIdentifier }),
    problems,
  };
}

function toMessages(value: unknown): string[] {
  return Array.isArray(value) ? value.map((message) => String(message).slice(0, 200)) : [];
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

/** The result, or `canceled` as soon as `signal` aborts: ExifTool cannot be stopped in the middle of a file. */
async function orCanceled<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  const canceled = Promise.withResolvers<never>();
  const cancel = () => {
    canceled.reject(new AppError('canceled', {}, { cause: signal.reason }));
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([work, canceled.promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
