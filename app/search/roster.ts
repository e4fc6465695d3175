import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AssetId, RootId } from '../contract/ids.ts';
import { changedNewest, newestFirst } from './newest-first.ts';
import { rosterBits } from './roster-bits.ts';
import { parseFolderKey, RosterCodes } from './roster-codes.ts';
import { createColumns, type Columns } from './roster-columns.ts';
import { RosterDraft } from './roster-draft.ts';
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
  type ReadDb,
  type WriteDb,
} from './roster-store.ts';

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
  readonly codes = new RosterCodes();
  #columns: Columns = createColumns(0);
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
    const work = this.#work.then(() => this.#catchUp());
    this.#work = work.catch(() => undefined);
    await work;
  }

  /** By the code of a folder: 1 when it is this one, given by its whole path with `/`, or lies below it. */
  foldersWithin(path: string): Uint8Array {
    const start = `${path.normalize('NFC')}/`;
    const { folders } = this.codes;
    const isWithin = new Uint8Array(folders.size);
    for (let code = 1; code < folders.size; code += 1) {
      const { rootId, relativePath } = parseFolderKey(folders.textOf(code));
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
    try {
      if (!this.#isRead || this.#mustReadAll) await this.#readAll();
      while (this.#noted.size > 0) {
        const ids = [...this.#noted].slice(0, changesAtOnce);
        for (const id of ids) this.#noted.delete(id);
        this.#readSome(ids);
        if (this.#noted.size > 0) await nextTurn();
      }
    } catch (error) {
      // What was noted has been taken off the list: the next one reads everything.
      this.#mustReadAll = true;
      throw error;
    }
  }

  async #readAll(): Promise<void> {
    this.#mustReadAll = false;
    this.#noted.clear();
    this.#readRoots();
    // Columns that grow are there twice for a moment.
    const columns = createColumns(Math.ceil(highestAssetId(this.#db) * roomToGrow) + 1);
    const draft = new RosterDraft(columns, this.codes, this.#onlineRoots);
    const db = this.#db;
    await readPages(db, listAssetRows, (row) => {
      draft.putAsset(row);
    });
    await readPages(db, listDescriptionRows, (row) => {
      draft.putDescription(row);
    });
    await readPages(db, listFileRows, (row) => {
      draft.putFile(row);
    });
    await readPages(db, listDoubtfulIds, ([id]) => {
      draft.putDoubtful(id);
    });
    await readPages(db, listNearRows, (row) => {
      draft.putNear(row);
    });
    await readPages(db, listBurstRows, (row) => {
      draft.putInBurst(row);
    });
    this.#columns = draft.columns;
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
    const draft = new RosterDraft(this.#columns, this.codes, this.#onlineRoots);
    for (const row of assets) draft.putAsset(row);
    for (const row of descriptions) draft.putDescription(row);
    for (const row of files) draft.putFile(row);
    for (const [id] of doubtful) draft.putDoubtful(id);
    for (const row of near) draft.putNear(row);
    for (const row of inBursts) draft.putInBurst(row);
    this.#columns = draft.columns;
    this.#changeNewest(ids.filter((id, at) => this.#timeOf(id) !== timesBefore[at]));
    this.#version += 1;
  }

  /** `undefined` for an asset that is not there. */
  #timeOf(id: AssetId): number | undefined {
    const { bits, sortMs } = this.#columns;
    return ((bits[id] ?? 0) & rosterBits.exists) === 0 ? undefined : sortMs[id];
  }
}

async function readPages<Row extends readonly [number, ...unknown[]]>(
  db: ReadDb,
  list: (db: ReadDb, after: number, limit: number) => readonly Row[],
  put: (row: Row) => void,
): Promise<void> {
  let after = 0;
  for (;;) {
    const page = list(db, after, rowsAtOnce);
    for (const row of page) put(row);
    const last = page.at(-1);
    if (last === undefined || page.length < rowsAtOnce) return;
    [after] = last;
    await nextTurn();
  }
}
