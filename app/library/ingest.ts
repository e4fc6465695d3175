import { open, type FileHandle } from 'node:fs/promises';
import type { ErrorCode, ErrorInfo } from '../contract/errors.ts';
import type { Facts } from '../contract/models/asset.ts';
import { formatKind, formatName } from '../imaging/formats.ts';
import { inspectImage, type ImageFacts } from '../imaging/header.ts';
import { renderPhoto } from '../imaging/render.ts';
import { Slots } from '../imaging/slots.ts';
import { sniffFormat, sniffLengthBytes, type Sniffed } from '../imaging/sniff.ts';
import { withSidecars } from '../metadata/facts.ts';
import { readHeadFacts, readSidecarFacts } from '../metadata/head-facts.ts';
import { findEmptyPart } from '../metadata/find-empty-part.ts';
import { hashFile, hashLargeFile, type FileHashes } from '../metadata/image-data-hash.ts';
import { AppError, fileErrorCode, systemCode } from '../platform/errors.ts';
import { readVideo } from './ingest-video.ts';
import type { VideoFacts } from './video-store.ts';

/** Everything that can be known of a photo or a video without decoding it. */
export type Ingested = FileHashes &
  ImageFacts & {
    readonly facts: Facts;
    /** Apple's, of a Live Photo. */
    readonly contentIdentifier?: string | undefined;
    /** Left out: it is a photo. */
    readonly video?: VideoFacts;
  };

export type IngestResult =
  | { readonly status: 'ingested'; readonly photo: Ingested; readonly problems: readonly string[] }
  /** Final until the file changes, or a release can do more. */
  | {
      readonly status: 'failed';
      readonly error: ErrorInfo;
      readonly sniffed: Sniffed | undefined;
      /** Of a damaged picture, what is known of it all the same. */
      readonly photo?: Ingested;
    }
  /** Says nothing about the picture: the file is gone, or was written while it was read. The next scan knows more. */
  | { readonly status: 'deferred'; readonly error: ErrorInfo };

export type IngestInput = {
  readonly path: string;
  /** Its XMP sidecars, the newest last: what stands in them goes before what stands in the file. @default none */
  readonly sidecarPaths?: readonly string[];
};

export type IngestOptions = {
  readonly signal?: AbortSignal;
  /** The file was being read when an engine died: it has to survive a decoder process of its own first (DESIGN §2). */
  readonly isolated?: boolean;
};

/** Files up to this size are read once and whole. */
const wholeFileBytes = 256 * 1024 * 1024;
/** So much is held of all that are being read, or of one that is larger (SPEED §1: memory of the engine). */
const heldFiles = new Slots(48 * 1024 * 1024);
/** As the parser of XMP has it; darktable's histories are the largest. */
const maxSidecarBytes = 512 * 1024;
/** Where the metadata of most formats is, in files too large to be read whole. */
const headBytes = 1024 * 1024;

/**
 * Reads a photo once: what it is, its size, its hashes, its facts. It is decoded later, once for all that is made of it.
 * What is wrong with a file is a value. Writes nothing: `storeIngested` does.
 *
 * @throws {AppError} `canceled`, and what says nothing about the file: `internal`.
 */
export async function ingestFile(input: IngestInput, options: IngestOptions = {}): Promise<IngestResult> {
  let sniffed: Sniffed | undefined;
  try {
    const file = await openPhoto(input.path);
    try {
      const before = await file.stat();
      const head = await readHead(file, sniffLengthBytes);
      sniffed = sniffFormat(head, input.path);
      assertPhoto(sniffed, before.size, head);
      const { format } = sniffed;
      const isVideo = formatKind(format) === 'video';
      const work = async () => {
        if (!isVideo) return readPhoto(input, file, before.size, options);
        const video = { path: input.path, format, sizeBytes: before.size };
        return withSidecarFacts(await readVideo(video, file, options.signal), input.sidecarPaths ?? [], []);
      };
      // Of a video, and of what is larger still, only parts are read.
      const weight = isVideo ? 0 : Math.min(before.size, wholeFileBytes);
      const result = await heldFiles.run(work, options.signal, { weight });
      const after = await file.stat();
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) throw new AppError('file-changing');
      const { damage, photo, problems } = result;
      if (damage === undefined) return { status: 'ingested', photo, problems };
      return { status: 'failed', error: toInfo(damage, input.path), sniffed, photo };
    } finally {
      await file.close();
    }
  } catch (error) {
    return toResult(error, input.path, sniffed);
  }
}

type WhatWasRead = {
  readonly photo: Ingested;
  readonly problems: readonly string[];
  /** It can be read in part. */
  readonly damage: AppError | undefined;
};

async function readPhoto(
  { path, sidecarPaths = [] }: IngestInput,
  file: FileHandle,
  sizeBytes: number,
  { signal, isolated = false }: IngestOptions,
): Promise<WhatWasRead> {
  if (isolated) await renderPhoto(path, { perceptualHash: true }, { isolated, ...(signal && { signal }) });
  const isWhole = sizeBytes <= wholeFileBytes;
  const bytes = await readHead(file, isWhole ? sizeBytes : headBytes);
  try {
    const image = await inspectImage(isWhole ? bytes : path, path);
    const damage = isWhole ? findDamage(bytes, image.format) : undefined;
    const hashes = isWhole ? hashFile(bytes, image.format) : await hashWithoutReading(path, signal);
    const { facts, problems, contentIdentifier } = readHeadFacts(bytes, image.format);
    const photo = { ...hashes, ...image, contentIdentifier, facts };
    return { ...(await withSidecarFacts(photo, sidecarPaths, problems)), damage };
  } finally {
    giveBack(bytes);
  }
}

/** At once: collecting garbage comes when it comes, and until then photos of tens of megabytes would lie beside each other. */
function giveBack(bytes: Uint8Array<ArrayBuffer>): void {
  bytes.buffer.transfer(0);
}

async function withSidecarFacts(
  photo: Ingested,
  sidecarPaths: readonly string[],
  problems: readonly string[],
): Promise<WhatWasRead> {
  const sidecars = await Promise.all(sidecarPaths.map((sidecar) => readSidecar(sidecar)));
  const facts = withSidecars(
    photo.facts,
    sidecars.flatMap((sidecar) => sidecar.facts),
  );
  return {
    damage: undefined,
    photo: { ...photo, facts },
    problems: [...problems, ...sidecars.flatMap((sidecar) => sidecar.problems)],
  };
}

/** What decoders make of an empty part is grey, and no model should be paid to describe that. */
function findDamage(bytes: Uint8Array, format: string): AppError | undefined {
  const empty = findEmptyPart(bytes, format);
  if (empty === undefined) return undefined;
  const [emptyKb, allKb] = [empty.end - empty.start, bytes.length].map((size) =>
    String(Math.ceil(size / 1024)),
  );
  return new AppError('file-damaged', { reason: `Of its ${allKb} kB ${emptyKb} kB are empty.` });
}

/** A sidecar that cannot be read says nothing, and the photo is none the worse for it. */
async function readSidecar(path: string): Promise<{ facts: Facts[]; problems: string[] }> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > maxSidecarBytes) return { facts: [], problems: [`sidecar of ${String(size)} bytes`] };
      return { facts: [readSidecarFacts(await readHead(file, size))], problems: [] };
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
    return { facts: [], problems: [`sidecar: ${reason}`] };
  }
}

/** Too large to be held in memory; its picture is not told from its metadata then. */
async function hashWithoutReading(path: string, signal = new AbortController().signal): Promise<FileHashes> {
  const contentHash = await hashLargeFile(path, signal);
  return { contentHash, imageDataHash: contentHash };
}

async function openPhoto(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new AppError(fileErrorCode(error), { path, reason: systemCode(error) }, { cause: error });
  }
}

/** The first bytes, or fewer where the file ends before. */
async function readHead(file: FileHandle, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  // Its own memory and not Node's pool, so that a photo's bytes are given back as soon as it is done.
  const bytes = Buffer.allocUnsafeSlow(lengthBytes);
  let length = 0;
  try {
    while (length < lengthBytes) {
      const { bytesRead } = await file.read(bytes, length, lengthBytes - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
  } catch (error) {
    throw new AppError('file-unreadable', { reason: systemCode(error) }, { cause: error });
  }
  return bytes.subarray(0, length);
}

function assertPhoto(sniffed: Sniffed, sizeBytes: number, head: Uint8Array): void {
  if (sizeBytes === 0) throw new AppError('file-empty');
  if (sniffed.supported) return;
  if (sniffed.format === 'xmp') throw new AppError('sidecar');
  if (sniffed.kind === 'other') {
    const isBlank = head.every((byte) => byte === head[0]) && (head[0] === 0 || head[0] === 0xff);
    throw isBlank
      ? new AppError('file-damaged', { reason: 'It begins with empty blocks.' })
      : new AppError('not-an-image');
  }
  throw new AppError('unsupported-format', { format: formatName(sniffed.format) });
}

const deferring: ReadonlySet<ErrorCode> = new Set(['file-missing', 'file-changing']);
/** What says nothing about the file. */
const foreign: ReadonlySet<ErrorCode> = new Set(['canceled', 'internal']);

function toResult(error: unknown, path: string, sniffed: Sniffed | undefined): IngestResult {
  if (!(error instanceof AppError) || foreign.has(error.code)) throw error;
  const info = toInfo(error, path);
  return deferring.has(error.code)
    ? { status: 'deferred', error: info }
    : { status: 'failed', error: info, sniffed };
}

function toInfo({ code, details }: AppError, path: string): ErrorInfo {
  return { code, details: { ...details, path } };
}
