import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { systemCode, writeErrorCode } from '../platform/errors.ts';

const syncData = promisify(fdatasync);

/**
 * [Note: Shared syncs] A commit in WAL mode is on the disk when the write-ahead log is: `synchronous=FULL` syncs it in each
 * commit, and holds up everybody meanwhile, for 30 ms and more on a slow disk. `NORMAL` writes the same frames and leaves the
 * sync to us: it is made beside the event loop, and one is enough for all who wait for it.
 */
export class LogSync {
  readonly #sync: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: Error | undefined;

  /** @param sync puts on the disk whatever has been written when it is called */
  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /**
   * Resolves when all that was written before the call is on the disk. Once a sync has failed, all do: what the system could
   * not write it may have forgotten.
   */
  done(): Promise<void> {
    // The one that runs may have begun before the caller wrote; only the next holds it for sure.
    this.#next ??= this.#begin(this.#running);
    return this.#next;
  }

  async #begin(before: Promise<void> | undefined): Promise<void> {
    // What failed there fails here too, by `#failure`.
    await before?.catch(() => undefined);
    this.#running = this.#next;
    this.#next = undefined;
    try {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#sync();
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
      throw this.#failure;
    } finally {
      this.#running = undefined;
    }
  }
}

/** SQLite's write-ahead log, held open. It takes no part in SQLite's locks, which are on other files. */
export class LogFile {
  readonly #path: string;
  #descriptor: number | undefined;
  #syncing: Promise<void> | undefined;

  /** @param path of the log; it is there once something was written */
  constructor(path: string) {
    this.#path = path;
  }

  async sync(): Promise<void> {
    try {
      this.#descriptor ??= this.#open();
      this.#syncing = syncData(this.#descriptor);
      await this.#syncing;
    } catch (error) {
      throw asSqliteSays(error);
    } finally {
      this.#syncing = undefined;
    }
  }

  /** Before SQLite closes and removes the log: Windows removes no file that is open. */
  close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor === undefined) return;
    const close = (): void => {
      closeSync(descriptor);
    };
    // Its number must not become another file's while it is in use.
    if (this.#syncing === undefined) close();
    else void this.#syncing.then(close, close);
  }

  #open(): number {
    // Windows syncs only what is open for writing.
    const descriptor = openSync(this.#path, 'r+');
    // A new file is there after a power cut when its folder was synced, which Windows does by itself.
    if (process.platform !== 'win32') {
      const folder = openSync(dirname(this.#path), 'r');
      try {
        fsyncSync(folder);
      } finally {
        closeSync(folder);
      }
    }
    return descriptor;
  }
}

/** A log that cannot be synced is the same bad day as when SQLite finds out. */
function asSqliteSays(error: unknown): unknown {
  if (systemCode(error) === undefined || writeErrorCode(error) !== undefined) return error;
  return Object.assign(new Error('the log could not be synced', { cause: error }), {
    code: 'SQLITE_IOERR_FSYNC',
  });
}
