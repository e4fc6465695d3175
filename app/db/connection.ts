import BetterSqlite from 'better-sqlite3';
import { LogFile, LogSync } from './log-sync.ts';

/** Numbers arrive in SQL as REAL, and `'job ' || ?` as `job 3.0`: keys are put together in JavaScript. */
export type Value = string | number | bigint | Uint8Array | null;
/** Positional (`?`) or named (`@name`) values. Values never go into the text of a statement. */
export type Values = readonly Value[] | Readonly<Record<string, Value>>;

/** A connection that may read. The type says whether a function may write (STYLE §2.9). */
export interface ReadDb {
  /** The first row, or `undefined`. */
  get<Row>(sql: string, values?: Values): Row | undefined;
  all<Row>(sql: string, values?: Values): Row[];
  /** Rows one at a time. No other statement may write through this connection until the loop ends. */
  iterate<Row>(sql: string, values?: Values): IterableIterator<Row>;
  /** The first column of every row. */
  pluck<Column>(sql: string, values?: Values): Column[];
  /** Rows as arrays of their columns: half the time of `all` for very many small rows. */
  rows<Row extends readonly Value[]>(sql: string, values?: Values): Row[];
}

export type Durability = 'synced' | 'unsynced';

export interface WriteDb extends ReadDb {
  /** How many rows changed, and the rowid of the last insert. */
  run(sql: string, values?: Values): { changes: number; lastId: number };
  exec(sql: string): void;
  /**
   * All or nothing; nested calls join the outer transaction. `unsynced`: a power cut may undo it, as if it had never been,
   * until the next synced one; a crash does not. For what is simply done again: waiting for the disk costs more than all
   * else that a small job does.
   */
  transact<Result>(action: () => Result, durability?: Durability): Result;
  pragma(source: string): unknown;
  /** Adds a function that triggers call for what it does; it must not use this connection. */
  defineAction(name: string, action: (...values: never[]) => void): void;
}

/** Prepared statements that are kept: far more than the program's own texts, of which a search makes one per shape of query. */
const keptStatements = 500;

/** Pages that a backup copies in one go: 4 MB, a few milliseconds. */
const pagesAtOnce = 1_000;

/** One SQLite connection with the prepared statements kept that were used last. */
export class Database implements WriteDb {
  readonly #sqlite: BetterSqlite.Database;
  /** By what they give and their text; the one used last stands last. */
  readonly #statements = new Map<string, BetterSqlite.Statement>();
  /** `undefined`: in memory. */
  readonly #log: LogFile | undefined;
  readonly #logSync: LogSync | undefined;

  /** @param path of its file, `:memory:`, or the bytes of one, which is read into memory and written nowhere */
  constructor(path: string | Buffer, options: { readonly?: boolean; timeoutMs?: number } = {}) {
    this.#sqlite = new BetterSqlite(path, {
      readonly: options.readonly ?? false,
      fileMustExist: options.readonly ?? false,
      timeout: options.timeoutMs ?? 5_000,
    });
    if (typeof path !== 'string' || this.#sqlite.memory) return;
    const log = new LogFile(`${path}-wal`);
    this.#log = log;
    this.#logSync = new LogSync(() => log.sync());
  }

  get<Row>(sql: string, values: Values = []): Row | undefined {
    return this.#statement(sql).get(values) as Row | undefined; // why: the caller names the row its own SQL gives
  }

  all<Row>(sql: string, values: Values = []): Row[] {
    return this.#statement(sql).all(values) as Row[]; // why: as in get
  }

  iterate<Row>(sql: string, values: Values = []): IterableIterator<Row> {
    // A fresh statement: a kept one is busy while its rows are being read.
    return this.#sqlite.prepare(sql).iterate(values) as IterableIterator<Row>; // why: as in get
  }

  pluck<Column>(sql: string, values: Values = []): Column[] {
    return this.#statement(sql, 'column').all(values) as Column[]; // why: as in get
  }

  rows<Row extends readonly Value[]>(sql: string, values: Values = []): Row[] {
    return this.#statement(sql, 'arrays').all(values) as Row[]; // why: as in get
  }

  run(sql: string, values: Values = []): { changes: number; lastId: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(values);
    return { changes, lastId: Number(lastInsertRowid) };
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  transact<Result>(action: () => Result, durability: Durability = 'synced'): Result {
    if (this.#sqlite.inTransaction) return action();
    if (durability === 'synced') return this.#sqlite.transaction(action).immediate();
    // In WAL mode NORMAL leaves out the sync of a commit and nothing else; the next FULL commit syncs what came before it.
    this.#sqlite.exec('PRAGMA synchronous = NORMAL');
    try {
      return this.#sqlite.transaction(action).immediate();
    } finally {
      this.#sqlite.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Resolves when no power cut can undo what was committed before, unsynced or not. See [Note: Shared syncs]. */
  async whenSynced(): Promise<void> {
    await this.#logSync?.done();
  }

  pragma(source: string): unknown {
    return this.#sqlite.pragma(source, { simple: true });
  }

  /** Adds a function that SQL can call; it must depend on its arguments alone. */
  define(name: string, action: (...values: never[]) => Value): void {
    this.#sqlite.function(name, { deterministic: true }, action as (...values: unknown[]) => Value); // why: SQLite passes what the SQL says
  }

  defineAction(name: string, action: (...values: never[]) => void): void {
    this.#sqlite.function(name, { deterministic: false, varargs: true }, (...values: unknown[]) => {
      action(...(values as never[])); // why: SQLite passes what the trigger says
      return null;
    });
  }

  /** A consistent copy of the whole database, also while others write. @param onProgress 0 to 1; what it throws ends the copy */
  async backup(path: string, onProgress?: (done: number) => void): Promise<void> {
    await this.#sqlite.backup(path, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return pagesAtOnce;
      },
    });
  }

  close(): void {
    this.#statements.clear();
    this.#log?.close();
    this.#sqlite.close();
  }

  /** @param gives whole rows, the first column of each, or all columns without their names */
  #statement(sql: string, gives: 'rows' | 'column' | 'arrays' = 'rows'): BetterSqlite.Statement {
    const key = `${gives} ${sql}`;
    const kept = this.#statements.get(key);
    const statement = kept ?? this.#sqlite.prepare(sql);
    if (kept === undefined && gives === 'column') statement.pluck();
    if (kept === undefined && gives === 'arrays') statement.raw();
    this.#statements.delete(key);
    this.#statements.set(key, statement);
    if (this.#statements.size > keptStatements) {
      const [longestUnused] = this.#statements.keys();
      if (longestUnused !== undefined) this.#statements.delete(longestUnused);
    }
    return statement;
  }
}
