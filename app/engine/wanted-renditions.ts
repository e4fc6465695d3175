import { stat } from 'node:fs/promises';
import type { ErrorInfo } from '../contract/errors.ts';
import type { Events } from '../contract/events.ts';
import type { AssetId } from '../contract/ids.ts';
import type { RenditionKind } from '../contract/models/asset.ts';
import type { Input, Output } from '../contract/procedures.ts';
import { assetOf } from '../jobs/asset-of.ts';
import { ingestLane } from '../jobs/lanes.ts';
import { makeRenditionPayload, renditionJob, renditionKey, whyNotMade } from '../jobs/make-rendition.ts';
import { thumbnailJob, thumbnailKey } from '../jobs/make-thumbnail.ts';
import { findOriginal, ingestKey, listPictures, type PictureState } from '../library/asset-store.ts';
import { setAverageColor } from '../library/color-store.ts';
import type { LibraryContext } from '../library/context.ts';
import { PreviewCache } from '../library/preview-cache.ts';
import { readExifThumbnail } from '../library/read-thumbnail.ts';
import { renditionPath, writeRendition } from '../library/renditions.ts';
import type { Emitter } from '../platform/emitter.ts';
import { systemCode } from '../platform/errors.ts';
import { dropJobs, setPriority } from '../queue/job-store.ts';
import type { Job } from '../queue/job.ts';
import type { Queue, QueueEvents } from '../queue/queue.ts';

type Wanted = Input<'rendition.want'>['rendition'];

/** Above all bulk work; within a wish, what was named first goes first. */
const wishPriority = 1_000;

/**
 * What somebody looks at, and so is made first. Wishes are durable jobs like all other work with files, so that a picture
 * that kills its decoder is treated with the same care; what a newer wish leaves out goes back into the line, or away.
 */
export class WantedRenditions {
  readonly #library: LibraryContext;
  readonly #queue: Queue;
  readonly #events: Emitter<Events>;
  /** Not made yet, by kind. */
  readonly #wanted: Record<Wanted, Set<AssetId>> = {
    thumbnail: new Set(),
    preview: new Set(),
    full: new Set(),
    scrub: new Set(),
  };
  readonly #stop: () => void;

  constructor(library: LibraryContext, queue: Queue, events: Emitter<Events>) {
    this.#library = library;
    this.#queue = queue;
    this.#events = events;
    this.#stop = queue.events.on('job-ended', (ended) => {
      this.#note(ended);
    });
  }

  close(): void {
    this.#stop();
  }

  async want({ rendition, assetIds }: Input<'rendition.want'>): Promise<Output<'rendition.want'>> {
    const states = listPictures(this.#library.read, assetIds);
    const made: AssetId[] = [];
    const failed: { assetId: AssetId; error: ErrorInfo }[] = [];
    const missing: PictureState[] = [];
    for (const state of states) {
      if (await this.#isMade(rendition, state)) made.push(state.id);
      else if (state.error !== null) failed.push({ assetId: state.id, error: state.error });
      else missing.push(state);
    }
    this.#ask(rendition, missing);
    if (rendition === 'thumbnail') void this.#showCameras(missing);
    return { made, failed };
  }

  async #isMade(rendition: Wanted, { id, hasThumbnail }: PictureState): Promise<boolean> {
    const path = renditionPath(this.#library.libraryFolder, id, rendition);
    if (rendition !== 'thumbnail') return PreviewCache.touch(path);
    if (!hasThumbnail) return false;
    if (await exists(path)) return true;
    // Somebody has cleared up in our folder.
    this.#library.transact((db) => {
      setAverageColor(db, id, null);
    }, 'unsynced');
    return false;
  }

  /** Puts what is missing at the head of the line, and what was there before back. */
  #ask(rendition: Wanted, missing: readonly PictureState[]): void {
    const before = this.#wanted[rendition];
    const now = new Set(missing.map(({ id }) => id));
    this.#wanted[rendition] = now;
    const dropped = [...before].filter((id) => !now.has(id));
    if (dropped.length === 0 && missing.length === 0) return;
    this.#library.transact((db) => {
      if (rendition === 'thumbnail') {
        setPriority(
          db,
          dropped.flatMap((id) => [thumbnailKey(id), ingestKey(id)]),
          0,
        );
      } else {
        dropJobs(
          db,
          dropped.map((id) => renditionKey(id, rendition)),
        );
      }
      this.#queue.enqueue(
        db,
        missing.map((state, index) => jobFor(state, rendition, wishPriority + missing.length - index)),
      );
    }, 'unsynced');
  }

  /** The cameras' own small pictures, while ours are on their way. */
  async #showCameras(missing: readonly PictureState[]): Promise<void> {
    const shown: AssetId[] = [];
    for (const { id, size } of missing) {
      if (!this.#wanted.thumbnail.has(id)) continue;
      try {
        if (await this.#showCamera(id, size)) shown.push(id);
      } catch (error) {
        this.#library.log.warn('a thumbnail could not be written', { asset: id, error });
        break;
      }
      if (shown.length === toldAtOnce) this.#tell('exif-thumbnail', shown.splice(0));
    }
    this.#tell('exif-thumbnail', shown);
  }

  async #showCamera(id: AssetId, size: PictureState['size']): Promise<boolean> {
    const path = renditionPath(this.#library.libraryFolder, id, 'exif-thumbnail');
    if (await exists(path)) return true;
    const original = findOriginal(this.#library.read, id);
    if (original === undefined || !original.isPresent) return false;
    const bytes = await readExifThumbnail(original.absolutePath, size);
    // Ours may have been quicker.
    if (bytes === undefined || !this.#wanted.thumbnail.has(id)) return false;
    await writeRendition(path, bytes);
    return true;
  }

  #note({ job, result, end }: QueueEvents['job-ended']): void {
    const wish = makeRenditionPayload.safeParse(job.payload);
    if (job.kind === 'make-rendition' && wish.success) {
      const { assetId: id, rendition } = wish.data;
      const error = end.state === 'failed' ? end.error : whyNotMade(result);
      if (end.state === 'ready' || !this.#wanted[rendition].delete(id)) return;
      if (error === undefined) this.#tell(rendition, [id]);
      else this.#events.emit('rendition.failed', { rendition, assetId: id, error });
      return;
    }
    const id = end.state === 'ready' ? undefined : assetOf(job);
    if (id !== undefined && this.#wanted.thumbnail.has(id)) this.#lookAtThumbnail(id, job);
  }

  /** Something was done with a photo whose thumbnail is wanted. */
  #lookAtThumbnail(id: AssetId, { kind }: Job): void {
    const [state] = listPictures(this.#library.read, [id]);
    if (state?.hasThumbnail === true) {
      this.#wanted.thumbnail.delete(id);
      this.#tell('thumbnail', [id]);
    } else if (kind === 'make-thumbnail' || (state !== undefined && state.error !== null)) {
      this.#wanted.thumbnail.delete(id);
      const error: ErrorInfo = state?.error ?? { code: 'file-missing', details: {} };
      this.#events.emit('rendition.failed', { rendition: 'thumbnail', assetId: id, error });
    } else if (kind === 'ingest-file' && state?.isRead === true) {
      // It was only read so far: now its picture can be made.
      this.#library.transact((db) => {
        this.#queue.enqueue(db, [thumbnailJob(id, wishPriority)]);
      }, 'unsynced');
    }
  }

  #tell(rendition: RenditionKind, assetIds: readonly AssetId[]): void {
    if (assetIds.length > 0) this.#events.emit('rendition.made', { rendition, assetIds: [...assetIds] });
  }
}

/** The cameras' pictures come by the hundred. */
const toldAtOnce = 16;

function jobFor(
  { id, isRead }: PictureState,
  rendition: Wanted,
  priority: number,
): ReturnType<typeof thumbnailJob> {
  if (rendition !== 'thumbnail') return renditionJob(id, rendition, priority);
  return isRead
    ? thumbnailJob(id, priority)
    : { kind: 'ingest-file', lane: ingestLane, payload: { assetId: id }, dedupeKey: ingestKey(id), priority };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
