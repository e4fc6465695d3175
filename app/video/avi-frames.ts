import type { FileHandle } from 'node:fs/promises';
import type { AviHead } from './avi-header.ts';

/**
 * Where the frames of an AVI are (Microsoft's AVI RIFF reference, OpenDML extensions): by its index, and where that is missing
 * or lies, from one chunk to the next. A recording whose end is missing has the frames that are there.
 */

/** Bytes of one frame in the file. None: the one before is shown again. */
export type AviFrame = { readonly at: number; readonly sizeBytes: number };

/** Chunks that are looked at: the frames and the sound of some hours. */
const mostChunks = 500_000;

/** In the order in which they are shown, one for each `1 / frameRate` seconds. */
export async function listAviFrames(
  file: FileHandle,
  { stream, framesAt }: Pick<AviHead, 'stream' | 'framesAt'>,
  signal?: AbortSignal,
): Promise<AviFrame[]> {
  if (framesAt === undefined) return [];
  const reader = new Reader(file, (await file.stat()).size, stream, signal);
  const first = await reader.readIndexed(framesAt);
  const frames = first ?? (await reader.walk(framesAt + 12, await reader.endOf(framesAt)));
  // Recordings of more than a gigabyte go on in further parts, which the first index does not know.
  let at = await reader.endOf(0);
  for (let part = 1; part < mostParts && (await reader.nameAt(at, 'AVIX')); part += 1) {
    const end = await reader.endOf(at);
    for (const frame of await reader.walk(at + 12, end)) frames.push(frame);
    at = end;
  }
  return frames;
}

/** A gigabyte each. */
const mostParts = 1_000;

class Reader {
  readonly #file: FileHandle;
  readonly #sizeBytes: number;
  readonly #isFrame: (id: string) => boolean;
  readonly #signal: AbortSignal | undefined;
  #chunks = 0;

  constructor(file: FileHandle, sizeBytes: number, stream: number, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
    // `dc` is compressed and `db` is not; some writers do not mind which.
    const number = String(stream).padStart(2, '0');
    this.#isFrame = (id) => id === `${number}dc` || id === `${number}db`;
    this.#signal = signal;
  }

  /** Behind a chunk or list, at an even place; never behind the file. */
  async endOf(at: number): Promise<number> {
    const size = (await this.#read(at, 8)).readUInt32LE(4);
    return Math.min(this.#sizeBytes, at + 8 + size + (size % 2));
  }

  /** Whether a list or `RIFF` of this name begins there. */
  async nameAt(at: number, name: string): Promise<boolean> {
    return (await this.#read(at, 12)).toString('latin1', 8) === name;
  }

  /** `undefined` without an index behind the frames, or when it names another place than that of its first frame. */
  async readIndexed(framesAt: number): Promise<AviFrame[] | undefined> {
    const indexAt = await this.endOf(framesAt);
    const head = await this.#read(indexAt, 8);
    if (head.toString('latin1', 0, 4) !== 'idx1') return undefined;
    const index = await this.#read(indexAt + 8, Math.min(head.readUInt32LE(4), mostChunks * 16));
    if (index.length < 16) return undefined;
    // From the name of the list, as the reference has it, or from the beginning of the file, as some cameras have it: there, the
    // very first chunk stands behind that name.
    const base = index.readUInt32LE(8) < framesAt + 12 ? framesAt + 8 : 0;
    const frames: AviFrame[] = [];
    for (let at = 0; at + 16 <= index.length; at += 16) {
      const id = index.toString('latin1', at, at + 4);
      if (!this.#isFrame(id)) continue;
      const place = base + index.readUInt32LE(at + 8);
      const sizeBytes = index.readUInt32LE(at + 12);
      if (frames.length === 0) {
        const first = await this.#read(place, 8);
        if (first.toString('latin1', 0, 4) !== id || first.readUInt32LE(4) !== sizeBytes) return undefined;
      }
      frames.push({ at: place + 8, sizeBytes });
    }
    return frames.length === 0 ? undefined : frames;
  }

  /** From chunk to chunk, until there is something that is none. */
  async walk(from: number, end: number): Promise<AviFrame[]> {
    const frames: AviFrame[] = [];
    for (let at = from; at + 8 <= end && this.#chunks < mostChunks; this.#chunks += 1) {
      this.#signal?.throwIfAborted();
      const head = await this.#read(at, 8);
      const id = head.toString('latin1', 0, 4);
      const sizeBytes = head.readUInt32LE(4);
      if (id === 'LIST') {
        at += 12;
        continue;
      }
      if (!/^(?:\d\d|ix|JU)/.test(id)) break;
      if (this.#isFrame(id) && at + 8 + sizeBytes <= this.#sizeBytes) frames.push({ at: at + 8, sizeBytes });
      at += 8 + sizeBytes + (sizeBytes % 2);
    }
    return frames;
  }

  /** Zeros where the file has ended. */
  async #read(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(8, length));
    const isThere = at < this.#sizeBytes && length > 0;
    if (isThere) await this.#file.read(bytes, 0, length, at);
    return bytes;
  }
}
