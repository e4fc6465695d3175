import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { getuid } from 'node:process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import type { Database } from '../../app/db/connection.ts';
import type { Migration } from '../../app/db/migrate.ts';
import { migrations } from '../../app/db/migrations/index.ts';
import { libraryFiles, openForReading, openForWriting } from '../../app/db/open.ts';
import { toAppError, type AppError } from '../../app/platform/errors.ts';
import { startChild } from '../helpers/child.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

const newest = migrations.at(-1)!.version;
const later: Migration = {
  version: newest + 10,
  name: 'later',
  up: "INSERT INTO setting (name, value) VALUES ('later', '1');",
};
const broken: Migration = {
  version: newest + 20,
  name: 'broken',
  up: "DELETE FROM setting; INSERT INTO setting (name, value) VALUES ('half', '1'); SELECT no_such_function();",
};

const addSetting = (db: Database, name: string) =>
  db.run('INSERT INTO setting (name, value) VALUES (?, ?)', [name, '1']);
const settings = (db: Pick<Database, 'pluck'>) => db.pluck<string>('SELECT name FROM setting ORDER BY name');
const databaseOf = (folder: string) => join(folder, libraryFiles.database);
const copyOf = (folder: string) => `${databaseOf(folder)}.schema-${String(newest)}.bak`;

/** Opens, does something, closes. */
function using<Result>(folder: string, action: (db: Database) => Result, list = migrations): Result {
  const { db, close } = openForWriting(folder, list);
  try {
    return action(db);
  } finally {
    close();
  }
}

/** A library with enough in it that every part of the file matters. */
function useLibrary(): string {
  const folder = useTemporaryFolder();
  using(folder, (db) => {
    db.transact(() => {
      for (let index = 0; index < 2_000; index++) addSetting(db, `setting ${String(index)}`);
    });
  });
  return folder;
}

function errorOf(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    return toAppError(error);
  }
  throw new Error('nothing went wrong');
}

it.skipIf(process.platform === 'win32')('makes a library that is its owner’s alone', () => {
  const folder = join(useTemporaryFolder(), 'new', 'library');
  openForWriting(folder).close();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

describe('a library that is not there yet', () => {
  it('is made, with the folders above it', () => {
    const folder = join(useTemporaryFolder(), 'Pictures', 'Cutline');
    using(folder, (db) => addSetting(db, 'kept'));
    expect(using(folder, settings)).toEqual(['kept']);
    expect(readdirSync(folder).toSorted()).toEqual(
      [libraryFiles.closed, libraryFiles.database, libraryFiles.lock].toSorted(),
    );
  });

  it('is not made by reading it', () => {
    const folder = useTemporaryFolder();
    expect(openForReading(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('what was written survives a power cut, and rows keep what they refer to', () => {
  using(useTemporaryFolder(), (db) => {
    const durable = 2;
    expect([db.pragma('journal_mode'), db.pragma('synchronous'), db.pragma('foreign_keys')]).toEqual([
      'wal',
      durable,
      1,
    ]);
  });
});

function damageMiddle(path: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2 / 4_096) * 4_096;
  for (let at = middle; at < middle + 64; at++) bytes[at] = bytes[at]! ^ 0xff;
  writeFileSync(path, bytes);
}

/** As what happens to a file does in life: not in the millisecond in which it was closed. */
function touchLater(path: string): void {
  utimesSync(path, new Date(), new Date(Date.now() + 60_000));
}

describe('a damaged library', () => {
  const damages: Record<string, (path: string) => void> = {
    'with flipped bytes in the middle': damageMiddle,
    'with flipped bytes at its head': (path) => {
      const bytes = readFileSync(path);
      for (let at = 0; at < 32; at++) bytes[at] = bytes[at]! ^ 0xff;
      writeFileSync(path, bytes);
    },
    'that was cut off': (path) => {
      truncateSync(path, Math.floor(statSync(path).size / 2));
    },
    'that is something else': (path) => {
      writeFileSync(path, 'Dear diary, '.repeat(1_000));
    },
  };

  it.each(Object.keys(damages))('%s is refused, and nothing is changed', (name) => {
    const folder = useLibrary();
    const path = databaseOf(folder);
    damages[name]?.(path);
    touchLater(path);
    const before = readFileSync(path);
    for (let time = 0; time < 2; time++) {
      // The second time too: the lock was given back.
      expect(errorOf(() => openForWriting(folder))).toMatchObject({
        code: 'library-damaged',
        details: { path: folder },
      });
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

/** To whoever looks at size and time alone, nothing happened. */
function damageUnseen(path: string): void {
  const { atime, mtimeMs } = statSync(path);
  damageMiddle(path);
  utimesSync(path, atime, new Date(Math.round(mtimeMs)));
}

describe('a library that was closed', () => {
  it('is not read through again while nobody touched it', () => {
    const folder = useLibrary();
    damageUnseen(databaseOf(folder));
    expect(using(folder, (db) => db.pluck('SELECT 1'))).toEqual([1]);
  });

  it.each<[string, (folder: string) => void]>([
    [
      'was killed the next time',
      (folder) => {
        rmSync(join(folder, libraryFiles.closed));
      },
    ],
    [
      'was read through long ago',
      (folder) => {
        const path = join(folder, libraryFiles.closed);
        const note = JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;
        writeFileSync(path, JSON.stringify({ ...note, checkedAtMs: Date.now() - 8 * 86_400_000 }));
      },
    ],
    [
      'left a note that is no note',
      (folder) => {
        writeFileSync(join(folder, libraryFiles.closed), '{"sizeBytes":');
      },
    ],
  ])('is read through where it %s', (_, change) => {
    const folder = useLibrary();
    damageUnseen(databaseOf(folder));
    change(folder);
    expect(errorOf(() => openForWriting(folder))).toMatchObject({ code: 'library-damaged' });
  });
});

describe('a library of a newer Cutline', () => {
  it('is refused for writing and for reading, and nothing is changed', () => {
    const folder = useLibrary();
    using(folder, () => undefined, [...migrations, later]);
    const before = readFileSync(databaseOf(folder));
    const refused = { code: 'schema-too-new', details: { found: later.version, known: newest } };
    expect(errorOf(() => openForWriting(folder))).toMatchObject(refused);
    expect(errorOf(() => openForReading(folder))).toMatchObject(refused);
    expect(readFileSync(databaseOf(folder)).equals(before)).toBe(true);
  });
});

describe('a library of an older Cutline', () => {
  it('is brought up to date; a whole copy of what was there stays beside it', () => {
    const folder = useLibrary();
    const before = using(folder, settings);
    expect(using(folder, settings, [...migrations, later])).toEqual([...before, 'later'].toSorted());

    const old = useTemporaryFolder();
    writeFileSync(databaseOf(old), readFileSync(copyOf(folder)));
    expect(using(old, settings)).toEqual(before);
  });

  it('is copied whole while somebody reads it', () => {
    const folder = useLibrary();
    const reader = openForReading(folder)!;
    onTestFinished(reader.close);
    const rows = reader.db.iterate('SELECT name FROM setting');
    rows.next();
    using(folder, (db) => addSetting(db, 'written beside the reader'));
    using(folder, () => undefined, [...migrations, later]);

    const old = useTemporaryFolder();
    writeFileSync(databaseOf(old), readFileSync(copyOf(folder)));
    expect(using(old, settings)).toContain('written beside the reader');
    rows.return?.();
  });

  it('is not copied again when there is nothing to do', () => {
    const folder = useLibrary();
    using(folder, () => undefined);
    expect(readdirSync(folder).filter((name) => name.endsWith('.bak'))).toEqual([]);
  });

  it('is as it was when a step fails, but for the steps before it', () => {
    const folder = useLibrary();
    const before = using(folder, settings);
    expect(() => openForWriting(folder, [...migrations, later, broken])).toThrow('no_such_function');
    expect(using(folder, settings, [...migrations, later])).toEqual([...before, 'later'].toSorted());
  });

  it('keeps what refers to a table that a step has to build anew', () => {
    const folder = useTemporaryFolder();
    using(folder, (db) => {
      db.run("INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 0)");
      db.run(
        "INSERT INTO file (root_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms) VALUES (1, 'a.jpg', 1, 1, 1, 1)",
      );
    });
    const rebuild: Migration = {
      version: newest + 10,
      name: 'rebuild',
      up: 'CREATE TABLE new_root AS SELECT * FROM root; DROP TABLE root; ALTER TABLE new_root RENAME TO root; CREATE UNIQUE INDEX root_id ON root (id);',
    };
    using(
      folder,
      (db) => {
        expect(db.pluck('SELECT relative_path FROM file')).toEqual(['a.jpg']);
      },
      [...migrations, rebuild],
    );
  });

  it('refuses a step that would leave rows without what they refer to', () => {
    const folder = useTemporaryFolder();
    using(folder, (db) => {
      db.run("INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 0)");
      db.run(
        "INSERT INTO file (root_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms) VALUES (1, 'a.jpg', 1, 1, 1, 1)",
      );
    });
    const careless: Migration = { version: newest + 10, name: 'careless', up: 'DELETE FROM root;' };
    expect(() => openForWriting(folder, [...migrations, careless])).toThrow('rows of file');
    expect(using(folder, (db) => db.pluck('SELECT path FROM root'))).toEqual(['/photos']);
  });

  it('is not read as it is', () => {
    const folder = useLibrary();
    expect(errorOf(() => openForReading(folder, [...migrations, later]))).toMatchObject({ code: 'conflict' });
  });
});

describe('a second writer', () => {
  it('is refused while another process lives, and let in when that one was killed', async () => {
    const folder = useTemporaryFolder();
    const other = startChild(join(import.meta.dirname, 'hold-library.ts'), [folder]);
    expect((await other.lines.next()).value).toBe('holding');
    expect(errorOf(() => openForWriting(folder))).toMatchObject({
      code: 'library-in-use',
      details: { path: folder },
    });
    const reader = openForReading(folder)!;
    expect(settings(reader.db)).toEqual(['held']);
    reader.close();

    await other.kill();
    const afterwards = openForReading(folder)!;
    expect(settings(afterwards.db)).toEqual(['held']);
    afterwards.close();
    expect(using(folder, settings)).toEqual(['held']);
  });

  it('is refused in the same process too', () => {
    const folder = useTemporaryFolder();
    using(folder, () => {
      expect(errorOf(() => openForWriting(folder))).toMatchObject({ code: 'library-in-use' });
    });
    expect(using(folder, settings)).toEqual([]);
  });
});

describe('reading beside a writer', () => {
  it('sees what is committed, never half of it, and does not disturb the writer', () => {
    const folder = useTemporaryFolder();
    using(folder, (db) => {
      addSetting(db, 'a');
      const reader = openForReading(folder)!;
      onTestFinished(reader.close);
      db.transact(() => {
        addSetting(db, 'b');
        expect(settings(reader.db)).toEqual(['a']);
      });
      expect(settings(reader.db)).toEqual(['a', 'b']);
      expect(() => reader.db.run('DELETE FROM setting')).toThrow('readonly');
    });
  });
});

describe('a folder that cannot be a library', () => {
  it('because a file is in its place says so', () => {
    const file = join(useTemporaryFolder(), 'a file');
    writeFileSync(file, '');
    expect(errorOf(() => openForWriting(file))).toMatchObject({
      code: 'library-unavailable',
      details: { path: file },
    });
    expect(errorOf(() => openForWriting(join(file, 'below it')))).toMatchObject({
      code: 'library-unavailable',
    });
  });

  it('because it may not be written says so', (context: TestContext) => {
    context.skip(getuid?.() === 0, 'root may write everywhere');
    const folder = join(useTemporaryFolder(), 'read-only');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    expect(errorOf(() => openForWriting(folder))).toMatchObject({
      code: 'read-only',
      details: { path: folder },
    });
  });
});

describe('a full disk', () => {
  it('is named, and what was stored before stays', () => {
    const folder = useTemporaryFolder();
    using(folder, (db) => {
      addSetting(db, 'kept');
      db.pragma(`max_page_count = ${String(db.pragma('page_count'))}`);
      const fill = () =>
        db.transact(() => {
          for (let index = 0; index < 10_000; index++) addSetting(db, `setting ${String(index)}`);
        });
      expect(errorOf(fill)).toMatchObject({ code: 'disk-full' });
      expect(settings(db)).toEqual(['kept']);
    });
  });

  it('is named when there is no room for a library', (context: TestContext) => {
    const folder = useTemporaryFolder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    context.skip(mounted.status !== 0, 'a small disk can only be made by root');
    onTestFinished(() => {
      spawnSync('umount', [folder]);
    });
    expect(errorOf(() => openForWriting(folder))).toMatchObject({
      code: 'disk-full',
      details: { path: folder },
    });
  });
});
