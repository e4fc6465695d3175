import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Input, Output } from '../contract/procedures.ts';
import type { ReadDb } from '../db/open.ts';
import { resourceFolder } from '../library/resources.ts';
import type { Clock } from '../platform/clock.ts';
import { Turns } from '../platform/turns.ts';
import { beginGridOrder, toGridOrder } from '../search/grid-rows.ts';
import { findMatches } from '../search/matches.ts';
import { parseQuery } from '../search/parse-query.ts';
import { dateContextAt } from '../search/query-dates.ts';
import type { Roster } from '../search/roster.ts';
import type { Query } from '../search/query.ts';

/** Orders that are kept: those that a few pages show, and those that they have just been told to forget. */
const keptOrders = 8;
const namePrefix = 'grid-';
type Options = {
  readonly libraryFolder: string;
  readonly clock: Clock;
  readonly read: ReadDb;
  readonly roster: () => Roster;
};

/** Writes the grid's orders into the library's folder, one file each, and takes the oldest away again. */
export class GridOrders {
  readonly #options: Options;
  readonly #folder: string;
  /** The latest of each query and sort, and the roster's version that it was made of. */
  readonly #latest = new Map<string, { readonly version: number; readonly answer: Output<'grid.prepare'> }>();
  /** Oldest first. */
  #names: string[] = [];
  /** One after the other: two at a time would only share the processor. */
  readonly #turns = new Turns();
  #lastTookMs = 0;
  #cleared: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#folder = resourceFolder(options.libraryFolder);
  }

  /** What making the last one took. */
  get lastTookMs(): number {
    return this.#lastTookMs;
  }

  /** @throws the reason of the signal that aborts */
  async prepare(input: Input<'grid.prepare'>, signal?: AbortSignal): Promise<Output<'grid.prepare'>> {
    const soon = input.soon === true ? await this.#prepareSoon(input) : undefined;
    return soon ?? this.#turns.run(() => this.#prepare(input, signal));
  }

  /** At once, whatever else is being made. `undefined` where all of them are as quick. */
  async #prepareSoon({
    query: text = '',
    asYouType = false,
    sort = 'newest',
  }: Input<'grid.prepare'>): Promise<Output<'grid.prepare'> | undefined> {
    const { read, clock } = this.#options;
    const roster = this.#options.roster();
    const query = parseQuery(text, { asYouType, dates: dateContextAt(clock.now()) });
    // Nothing is quicker than all photos, once they have been read.
    if (query.node === null && roster.isRead) return undefined;
    const begun = await beginGridOrder(read, roster, { query, sort });
    if (begun === undefined) return undefined;
    const { buffer, ...told } = begun;
    return { ...told, ...(await this.#write(buffer)), notes: notesOf(query) };
  }

  async #prepare(
    { query: text = '', asYouType = false, sort = 'newest' }: Input<'grid.prepare'>,
    signal: AbortSignal | undefined,
  ): Promise<Output<'grid.prepare'>> {
    signal?.throwIfAborted();
    const { read, clock } = this.#options;
    const roster = this.#options.roster();
    const started = performance.now();
    await roster.catchUp();
    signal?.throwIfAborted();
    const { version } = roster;
    // A day's name means another day tomorrow.
    const key = JSON.stringify([text, asYouType, sort, new Date(clock.now()).toDateString()]);
    const latest = this.#latest.get(key);
    if (latest?.version === version && this.#names.includes(latest.answer.name)) return latest.answer;

    const query = parseQuery(text, { asYouType, dates: dateContextAt(clock.now()) });
    const found = await findMatches(read, roster, query, signal);
    const { buffer, count } = await toGridOrder(read, roster, found, { query, sort, signal });
    const written = await this.#write(buffer);
    const answer = { ...written, count, isWhole: true, found: count, notes: notesOf(query) };
    this.#latest.set(key, { version, answer });
    this.#lastTookMs = performance.now() - started;
    return answer;
  }

  /** Takes the buffer: there is nothing in it any more. */
  async #write(buffer: ArrayBuffer): Promise<{ readonly name: string; readonly sizeBytes: number }> {
    await (this.#cleared ??= this.#clear());
    const name = `${namePrefix}${randomUUID()}`;
    // Its name is told when it is whole; what a crash leaves is cleared.
    const sizeBytes = buffer.byteLength;
    await writeFile(join(this.#folder, name), new Uint8Array(buffer), { flag: 'wx' });
    // Given back at once: of a million photos it is 22 MB, and the collector comes late for what lies outside its heap.
    buffer.transfer(0);
    this.#names.push(name);
    for (const old of this.#names.splice(0, Math.max(0, this.#names.length - keptOrders))) {
      await rm(join(this.#folder, old), { force: true });
      for (const [key, { answer }] of this.#latest) if (answer.name === old) this.#latest.delete(key);
    }
    return { name, sizeBytes };
  }

  /** What an engine before left. */
  async #clear(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const left = (await readdir(this.#folder)).filter((name) => name.includes(namePrefix));
    for (const name of left) await rm(join(this.#folder, name), { force: true });
  }
}

function notesOf({ notes }: Query): string[] {
  return notes.map(({ message }) => message);
}
