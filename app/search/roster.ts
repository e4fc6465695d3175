import { setImmediate as nextTurn } from 'node:timers/promises';
import { gridFlags, toAspect, toColorBits, toRatingBits, toReviewBits } from '../contract/grid-order.ts';
import type { AssetId, RootId } from '../contract/ids.ts';
import { monthIndex } from './civil-month.ts';
import { Dictionary } from './dictionary.ts';
import { changedNewest, newestFirst } from './newest-first.ts';
import { rawFormats } from './raw-formats.ts';
import { createColumns, grown, type Columns } from './roster-columns.ts';
import {
  findRows,
  followAssets,
  highestAssetId,
  listAssetRows,
  listBurstRows,
  listByName,
  listDescriptionRows,
  listDoubtfulIds,
  listFileRows,
  listNearRows,
  listRootStates,
  type AssetRow,
  type DescriptionRow,
  type FileRow,
  type GroupRow,
  type ReadDb,
  type WriteDb,
} from './roster-store.ts';

/** Of `Columns.bits`, above those that the grid shows. */
export const rosterBits = {
  exists: 1 << 17,
  /** A file of it is there, or was when its drive was. */
  present: 1 << 18,
  /** A file of it is gone. */
  lost: 1 << 19,
  /** A model, a person or the file says something: what `is:described` finds. */
  said: 1 << 20,
  /** A file of it is there, on a drive that is plugged in. */
  reachable: 1 << 21,
} as const;

/** Rows that are read in one turn, some milliseconds: while a library is read, a page comes with a dozen wishes, one after the other. */
const rowsAtOnce = 1_000;
/** Changes that are read in one turn: with each, the order by time is gone through once. */
const changesAtOnce = 4_000;
/** For what comes while Cutline runs. Memory that is not written to is none yet. */
const roomToGrow = 1.1;
/** More changes than this are found quicker by reading everything again. */
const mostNoted = 100_000;

/**
 * What lists, counts and the grid ask of every asset, in typed arrays by asset id, about 40 bytes each: counting a million
 * takes milliseconds, where SQL takes most of a second (SPEED §4). Read when it is first asked for and kept in step by
 * what `followAssets` tells; SQLite stays the truth.
 */
export class Roster {
  readonly #db: ReadDb;
  readonly cameras = new Dictionary();
  readonly lenses = new Dictionary();
  readonly labels = new Dictionary();
  readonly formats = new Dictionary(0xff);
  readonly places = new Dictionary(0x7f_ff_ff_ff);
  /** `rootId/relative path of the folder`. */
  readonly folders = new Dictionary(0x7f_ff_ff_ff);
  readonly colorNames = new Dictionary(15);
  readonly #colorMasks = new Map<string, number>();
  #columns: Columns = createColumns(0);
  /** What is being read: the same, but while everything is read anew. */
  #draft: Columns = this.#columns;
  #onlineRoots = new Set<RootId>();
  /** With `/`. */
  #rootPaths = new Map<RootId, string>();
  /** Changes whenever anything in it does. */
  #version = 0;
  #isRead = false;
  #isFollowing = false;
  #mustReadAll = false;
  #noted = new Set<AssetId>();
  #work: Promise<void> = Promise.resolve();
  #onNote: () => void = () => undefined;
  #newest: Uint32Array | undefined;
  #timeChanges = 0;
  #byName: { readonly version: number; readonly ids: Uint32Array } | undefined;

  /** As it was at one moment, until `follow`. */
  constructor(db: ReadDb) {
    this.#db = db;
  }

  /** Of some assets alone, as they are at this moment: what a window sees of a library that is still being read. */
  static of(db: ReadDb, ids: readonly AssetId[]): Roster {
    const roster = new Roster(db);
    roster.#readSome(ids);
    roster.#isRead = true;
    return roster;
  }

  get isRead(): boolean {
    return this.#isRead;
  }

  get version(): number {
    return this.#version;
  }

  get columns(): Columns {
    return this.#columns;
  }

  /** Keeps it in step with what this connection writes. @param onNote is called in the middle of a transaction */
  follow(db: WriteDb, onNote: () => void): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    this.#onNote = onNote;
    followAssets(db, {
      asset: (id) => {
        if (this.#noted.size < mostNoted) this.#noted.add(id);
        else this.#mustReadAll = true;
        this.#onNote();
      },
      everything: () => {
        this.#mustReadAll = true;
        this.#onNote();
      },
    });
  }

  get hasChanges(): boolean {
    return !this.#isRead || this.#mustReadAll || this.#noted.size > 0;
  }

  /** Reads what changed, with a turn for others after each page. */
  async catchUp(): Promise<void> {
    if (!this.hasChanges) return;
    this.#work = this.#work.then(() => this.#catchUp());
    await this.#work;
  }

  /** By the code of a folder: 1 when it is this one, given by its whole path with `/`, or lies below it. */
  foldersWithin(path: string): Uint8Array {
    const start = `${path.normalize('NFC')}/`;
    const isWithin = new Uint8Array(this.folders.size);
    for (let code = 1; code < this.folders.size; code += 1) {
      const { rootId, relativePath } = parseFolderKey(this.folders.textOf(code));
      const root = this.#rootPaths.get(rootId);
      if (root === undefined) continue;
      const whole = `${root}/${relativePath === '' ? '' : `${relativePath}/`}`.normalize('NFC');
      if (whole.startsWith(start)) isWithin[code] = 1;
    }
    return isWithin;
  }

  /** All assets, latest first; those whose files are gone too. With turns for others where it has to be made. */
  async newest(): Promise<Uint32Array> {
    if (this.#newest !== undefined) return this.#newest;
    const changes = this.#timeChanges;
    const sorting = newestFirst(this.#ids(), this.#columns.sortMs);
    let step = sorting.next();
    while (step.done !== true) {
      await nextTurn();
      step = sorting.next();
    }
    // What came meanwhile is for the next time.
    if (changes === this.#timeChanges) this.#newest = step.value;
    return step.value;
  }

  /** All assets by the names of their files. */
  async byName(): Promise<Uint32Array> {
    if (this.#byName?.version === this.#version) return this.#byName.ids;
    const version = this.#version;
    const ids: number[] = [];
    let after: readonly [number, string] | undefined = [0, ''];
    while (after !== undefined) {
      const page: readonly (readonly [AssetId, string])[] = listByName(this.#db, after, rowsAtOnce);
      for (const [id] of page) ids.push(id);
      after = page.length < rowsAtOnce ? undefined : page.at(-1);
      await nextTurn();
    }
    this.#byName = { version, ids: Uint32Array.from(ids) };
    return this.#byName.ids;
  }

  #forgetNewest(): void {
    this.#newest = undefined;
    this.#timeChanges += 1;
  }

  #changeNewest(changed: readonly AssetId[]): void {
    if (changed.length === 0) return;
    this.#timeChanges += 1;
    if (this.#newest === undefined) return;
    const isThere = (id: number): boolean => ((this.#columns.bits[id] ?? 0) & rosterBits.exists) !== 0;
    this.#newest = changedNewest(this.#newest, changed, isThere, this.#columns.sortMs);
  }

  #ids(): Uint32Array {
    const { bits } = this.#columns;
    const ids = new Uint32Array(bits.length);
    let count = 0;
    for (let id = 0; id < bits.length; id += 1) {
      if (((bits[id] ?? 0) & rosterBits.exists) !== 0) ids[count++] = id;
    }
    return ids.subarray(0, count);
  }

  async #catchUp(): Promise<void> {
    if (!this.#isRead || this.#mustReadAll) await this.#readAll();
    while (this.#noted.size > 0) {
      const ids = [...this.#noted].slice(0, changesAtOnce);
      for (const id of ids) this.#noted.delete(id);
      this.#readSome(ids);
      if (this.#noted.size > 0) await nextTurn();
    }
  }

  async #readAll(): Promise<void> {
    this.#mustReadAll = false;
    this.#noted.clear();
    this.#readRoots();
    // Columns that grow are there twice for a moment.
    this.#draft = createColumns(Math.ceil(highestAssetId(this.#db) * roomToGrow) + 1);
    await readPages(
      (after) => listAssetRows(this.#db, after, rowsAtOnce),
      (row) => {
        this.#putAsset(row);
      },
    );
    await readPages(
      (after) => listDescriptionRows(this.#db, after, rowsAtOnce),
      (row) => {
        this.#putDescription(row);
      },
    );
    await readPages(
      (after) => listFileRows(this.#db, after, rowsAtOnce),
      (row) => {
        this.#putFile(row);
      },
    );
    await readPages(
      (after) => listDoubtfulIds(this.#db, after, rowsAtOnce),
      ([id]) => {
        this.#putDoubtful(id);
      },
    );
    await readPages(
      (after) => listNearRows(this.#db, after, rowsAtOnce),
      (row) => {
        this.#putNear(row);
      },
    );
    await readPages(
      (after) => listBurstRows(this.#db, after, rowsAtOnce),
      (row) => {
        this.#putInBurst(row);
      },
    );
    this.#columns = this.#draft;
    this.#isRead = true;
    this.#forgetNewest();
    this.#version += 1;
  }

  #readRoots(): void {
    const roots = listRootStates(this.#db);
    this.#onlineRoots = new Set(roots.flatMap(({ id, state }) => (state === 'online' ? [id] : [])));
    this.#rootPaths = new Map(
      roots.map(({ id, path }) => [id, path.replaceAll('\\', '/').replace(/\/$/, '')]),
    );
  }

  #readSome(ids: readonly AssetId[]): void {
    // A new root has no files yet that were seen.
    this.#readRoots();
    const { assets, descriptions, files, doubtful, near, inBursts } = findRows(this.#db, ids);
    const timesBefore = ids.map((id) => this.#timeOf(id));
    for (const id of ids) if (id < this.#columns.bits.length) this.#columns.bits[id] = 0;
    for (const row of assets) this.#putAsset(row);
    for (const row of descriptions) this.#putDescription(row);
    for (const row of files) this.#putFile(row);
    for (const [id] of doubtful) this.#putDoubtful(id);
    for (const row of near) this.#putNear(row);
    for (const row of inBursts) this.#putInBurst(row);
    this.#columns = this.#draft;
    this.#changeNewest(ids.filter((id, at) => this.#timeOf(id) !== timesBefore[at]));
    this.#version += 1;
  }

  /** `undefined` for an asset that is not there. */
  #timeOf(id: AssetId): number | undefined {
    const { bits, sortMs } = this.#columns;
    return ((bits[id] ?? 0) & rosterBits.exists) === 0 ? undefined : sortMs[id];
  }

  #exists(id: AssetId): boolean {
    return ((this.#draft.bits[id] ?? 0) & rosterBits.exists) !== 0;
  }

  #putAsset(row: AssetRow): void {
    const [id, sortMs, widthPx, heightPx, isVideo, state, format, camera, lens, place, label, rating] = row;
    const [, , , , , , , , , , , , colors, averageColor, pictureKey, hasThumbnail, isExcluded] = row;
    if (id >= this.#draft.bits.length) this.#draft = grown(this.#draft, id + 1);
    const columns = this.#draft;
    columns.sortMs[id] = sortMs;
    columns.months[id] = monthIndex(sortMs);
    columns.aspects[id] = toAspect(widthPx, heightPx);
    columns.colors[id] =
      averageColor === null
        ? 0
        : toColorBits(averageColor >> 16, (averageColor >> 8) & 0xff, averageColor & 0xff);
    columns.versions[id] = pictureKey === null ? 0 : Number.parseInt(pictureKey, 16) || 0;
    columns.cameras[id] = this.cameras.codeOf(camera);
    columns.lenses[id] = this.lenses.codeOf(lens);
    columns.places[id] = this.places.codeOf(place);
    columns.labels[id] = this.labels.codeOf(label);
    columns.formats[id] = this.formats.codeOf(format);
    columns.colorMasks[id] = colors === null ? 0 : this.#maskOf(colors);
    columns.folders[id] = 0;
    columns.groups[id] = 0;
    columns.bits[id] =
      rosterBits.exists |
      // Until a file says otherwise.
      gridFlags.away |
      toRatingBits(rating ?? 0) |
      (isVideo === 1 ? gridFlags.video : 0) |
      (state === 'unreadable' ? gridFlags.problem : 0) |
      (state === 'unsupported' ? gridFlags.unsupported : 0) |
      (state === 'found' ? gridFlags.unread : 0) |
      (format !== null && rawFormats.has(format) ? gridFlags.raw : 0) |
      (hasThumbnail === 1 ? gridFlags.thumbnail : 0) |
      (isExcluded === 1 ? gridFlags.excluded : 0);
  }

  #putDescription([id, isBaseline, isByModel, reviewState]: DescriptionRow): void {
    if (!this.#exists(id)) return;
    const said =
      isBaseline === 1 ? gridFlags.baseline : rosterBits.said | (isByModel === 1 ? gridFlags.described : 0);
    this.#draft.bits[id] = (this.#draft.bits[id] ?? 0) | said | toReviewBits(reviewState);
  }

  #putDoubtful(id: AssetId): void {
    if (this.#exists(id)) this.#draft.bits[id] = (this.#draft.bits[id] ?? 0) | gridFlags.doubtful;
  }

  #putNear([id, nearId]: GroupRow): void {
    if (this.#exists(id)) this.#draft.groups[id] = 2 * nearId + 1;
  }

  /** A photo that is in a burst and has near-duplicates too counts with its burst. */
  #putInBurst([id, burstId]: GroupRow): void {
    if (!this.#exists(id)) return;
    this.#draft.bits[id] = (this.#draft.bits[id] ?? 0) | gridFlags.burst;
    this.#draft.groups[id] = 2 * burstId;
  }

  /** Of several files the first one that is there says in which folder the asset is. */
  #putFile([, id, rootId, relativePath, isPresent]: FileRow): void {
    if (!this.#exists(id)) return;
    const { bits, folders } = this.#draft;
    const before = bits[id] ?? 0;
    const isFirst = folders[id] === 0 || (isPresent === 1 && (before & rosterBits.present) === 0);
    if (isFirst) folders[id] = this.folders.codeOf(folderKey(rootId, relativePath));
    const after = before | (isPresent === 1 ? rosterBits.present : rosterBits.lost);
    const isReachable = isPresent === 1 && this.#onlineRoots.has(rootId);
    bits[id] = isReachable ? (after & ~gridFlags.away) | rosterBits.reachable : after;
  }

  #maskOf(colors: string): number {
    const known = this.#colorMasks.get(colors);
    if (known !== undefined) return known;
    const { names } = JSON.parse(colors) as { names: string[] }; // why: the library's stores write it
    let mask = 0;
    for (const name of names) {
      const code = this.colorNames.codeOf(name);
      if (code > 0) mask |= 1 << (code - 1);
    }
    this.#colorMasks.set(colors, mask);
    return mask;
  }
}

function folderKey(rootId: RootId, relativePath: string): string {
  return `${String(rootId)}/${relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')))}`;
}

export function parseFolderKey(key: string): { readonly rootId: RootId; readonly relativePath: string } {
  const slash = key.indexOf('/');
  return {
    rootId: Number(key.slice(0, slash)) as RootId, // why: folderKey made it
    relativePath: key.slice(slash + 1),
  };
}

async function readPages<Row extends readonly [number, ...unknown[]]>(
  list: (after: number) => readonly Row[],
  put: (row: Row) => void,
): Promise<void> {
  let after = 0;
  for (;;) {
    const page = list(after);
    for (const row of page) put(row);
    const last = page.at(-1);
    if (last === undefined || page.length < rowsAtOnce) return;
    [after] = last;
    await nextTurn();
  }
}

/** In the grid and in counts: its file is there, or on a drive that is unplugged. As `isPresentSql` has it. */
export function isShown(bits: number): boolean {
  const { exists, lost, present } = rosterBits;
  return (bits & exists) !== 0 && ((bits & lost) === 0 || (bits & present) !== 0);
}
