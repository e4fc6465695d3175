import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogFile, LogSync } from '../../app/db/log-sync.ts';
import { systemCode } from '../../app/platform/errors.ts';
import { openMemoryDatabase, openTestDatabase, useTemporaryFolder } from '../helpers/database.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a sync that many wait for', () => {
  it('holds whatever was written before one asked, and is shared by all who ask meanwhile', async () => {
    await assert(
      asyncProperty(
        array(constantFrom('ask', 'sync ends', 'turn'), { minLength: 1, maxLength: 40 }),
        async (steps) => {
          let written = 0;
          let onDisk = 0;
          let syncs = 0;
          let running: { readonly holds: number; readonly end: () => void } | undefined;
          const log = new LogSync(async () => {
            syncs += 1;
            const { promise, resolve } = Promise.withResolvers<void>();
            expect(running).toBeUndefined();
            running = { holds: written, end: resolve };
            await promise;
          });
          const asked: Promise<void>[] = [];
          const endSync = (): void => {
            if (running === undefined) return;
            onDisk = running.holds;
            running.end();
            running = undefined;
          };
          const askAll = async (step: string): Promise<void> => {
            if (step === 'turn') await turn();
            if (step === 'sync ends') endSync();
            if (step !== 'ask') return;
            written += 1;
            const mine = written;
            asked.push(log.done().then(() => expect(onDisk).toBeGreaterThanOrEqual(mine)));
          };
          for (const step of steps) await askAll(step);
          for (let left = 0; left < 3; left += 1) {
            await turn();
            endSync();
          }
          await Promise.all(asked);
          // One for each that ended while others waited, and at most two behind the last.
          expect(syncs).toBeLessThanOrEqual(steps.filter((step) => step === 'sync ends').length + 2);
        },
      ),
    );
  });

  it('fails for everybody from the first failure on: what the system could not write it may have forgotten', async () => {
    let syncs = 0;
    const log = new LogSync(() => {
      syncs += 1;
      return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    });
    await expect(log.done()).rejects.toThrow('full');
    await expect(log.done()).rejects.toThrow('full');
    expect(syncs).toBe(1);
  });
});

describe('the log of a database', () => {
  it('is synced as often as anybody asks, and gone when the library is closed', async () => {
    const { db, folder, close } = openTestDatabase();
    const insert = (name: string) =>
      db.transact(() => db.run('INSERT INTO setting (name, value) VALUES (?, 1)', [name]), 'unsynced');
    insert('a');
    await db.whenSynced();
    insert('b');
    await Promise.all([db.whenSynced(), db.whenSynced()]);
    expect(existsSync(join(folder, 'library.db-wal'))).toBe(true);
    db.close();
    expect(existsSync(join(folder, 'library.db-wal'))).toBe(false);
    close();
  });

  it('that cannot be synced is a database that cannot be worked with', async () => {
    const folder = useTemporaryFolder();
    const log = new LogFile(join(folder, 'is-not-there', 'library.db-wal'));
    const error: unknown = await log.sync().catch((thrown: unknown) => thrown);
    expect(systemCode(error)).toBe('SQLITE_IOERR_FSYNC');
  });

  it('needs none in memory', async () => {
    const db = openMemoryDatabase();
    await expect(db.whenSynced()).resolves.toBeUndefined();
    db.close();
  });
});
