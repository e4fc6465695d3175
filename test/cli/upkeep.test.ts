import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { backUp } from '../../app/engine/backup.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { createSandbox, jsonLines, type Sandbox } from './run-cli.ts';
import { describeWithin } from './set-up.ts';
import { makeSmallPhoto } from './small-photo.ts';

async function describedSandbox(): Promise<Sandbox> {
  const sandbox = await createSandbox();
  await mkdir(join(sandbox.photos, 'Sylt'));
  await makeSmallPhoto(join(sandbox.photos, 'Sylt', '=cmd.jpg'));
  await makeSmallPhoto(join(sandbox.photos, 'two, "2".jpg'));
  await describeWithin(sandbox);
  return sandbox;
}

test('export writes every photo as CSV or JSON, narrowed by a search, and replaces no file by itself', async () => {
  const sandbox = await describedSandbox();
  const out = join(sandbox.folder, 'photos.csv');
  expect((await sandbox.run(['export', '--out', out, '--bom'])).status).toBe(0);
  const csv = await readFile(out, 'utf8');
  expect(csv.startsWith('\u{FEFF}id,path,')).toBe(true);
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain('two, ""2"".jpg"');

  expect((await sandbox.run(['export', '--out', out])).status).toBe(2);
  expect(await readFile(out, 'utf8')).toBe(csv);
  expect((await sandbox.run(['export', '--out', out, '--force', '--query', 'folder:sylt'])).status).toBe(0);
  expect((await readFile(out, 'utf8')).split('\r\n')).toHaveLength(3);
  expect((await readdir(sandbox.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

  const photos = jsonLines(await sandbox.run(['export', '--json']));
  expect(photos).toHaveLength(2);
  expect(photos).toContainEqual(
    expect.objectContaining({
      path: expect.stringMatching(/=cmd\.jpg$/) as string,
      description: expect.objectContaining({ baseline: true }) as object,
    }),
  );
});

test('a backup is a library of its own, made beside a writer, and never takes the place of a file', async () => {
  const sandbox = await describedSandbox();
  const file = join(sandbox.folder, 'saved.db');
  expect((await sandbox.run(['backup', file])).status).toBe(0);
  expect((await sandbox.run(['backup', file])).status).toBe(2);
  expect((await sandbox.run(['backup', file, '--force'])).status).toBe(0);

  // Restored as the sentence says.
  await rm(sandbox.library, { recursive: true });
  await mkdir(sandbox.library);
  await copyFile(file, join(sandbox.library, 'library.db'));
  const found = jsonLines(await sandbox.run(['search', 'folder:sylt', '--json']));
  expect(found).toEqual([expect.objectContaining({ total: 1 })]);
});

test('a backup holds one moment, however much is written meanwhile', async () => {
  const library = openTestDatabase();
  const target = join(library.folder, 'saved.db');
  const add = (from: number, count: number) => {
    library.db.transact(() => {
      for (let index = from; index < from + count; index += 1) {
        library.db.run('INSERT INTO setting VALUES (?, ?)', [
          `s${String(index)}`,
          JSON.stringify('x'.repeat(2_000)),
        ]);
      }
    });
  };
  try {
    add(0, 10_000);
    let rounds = 0;
    await backUp(library.folder, target, {
      onProgress: () => {
        rounds += 1;
        add(100_000 + 10 * rounds, 10);
      },
    });
    expect(rounds).toBeGreaterThan(1);
    const copy = new Database(target, { readonly: true });
    const names = copy.pluck<string>("SELECT name FROM setting WHERE name LIKE 's%'");
    copy.close();
    expect(names).toHaveLength(10_000);
  } finally {
    library.close();
  }
});

test('doctor finds all well, and says what is not: exit status 1', async () => {
  const sandbox = await describedSandbox();
  await chmod(sandbox.library, 0o700);
  const well = await sandbox.run(['doctor', '--json'], { env: { PATH: process.env['PATH'] ?? '' } });
  expect(well.status).toBe(0);
  const levels = jsonLines(well).flatMap((line) => (line as { level?: string }).level ?? []);
  expect(levels).not.toContain('problem');

  await rm(sandbox.photos, { recursive: true });
  const gone = jsonLines(await sandbox.run(['doctor', '--json']));
  expect(gone).toContainEqual(expect.objectContaining({ check: 'root', level: 'warning' }));

  // A page in the middle of the database is overwritten.
  const database = join(sandbox.library, 'library.db');
  const bytes = await readFile(database);
  bytes.fill(0x55, 8_192 + 100, bytes.length - 4_096);
  await writeFile(database, bytes);
  const damaged = await sandbox.run(['doctor']);
  expect(damaged.status).not.toBe(0);
  expect(damaged.stdout + damaged.stderr).toMatch(/damaged/);
});

test('doctor without Perl says so, and what is missing without it', async () => {
  const sandbox = await describedSandbox();
  const node = await new Promise<string>((resolve) => {
    execFile('dirname', [process.execPath], (_error, stdout) => {
      resolve(stdout.trim());
    });
  });
  const lines = jsonLines(await sandbox.run(['doctor', '--json'], { env: { PATH: node } }));
  expect(lines).toContainEqual(expect.objectContaining({ code: 'perl-missing', level: 'warning' }));
});

test.skipIf(!hasFfmpeg)('ffmpeg says whether there is one, and takes one by name that is one', async () => {
  const sandbox = await describedSandbox();
  const env = { PATH: process.env['PATH'] ?? '' };
  const there = await sandbox.run(['ffmpeg'], { env });
  expect(there).toMatchObject({ status: 0 });
  expect(there.stdout).toMatch(/^ffmpeg is ffmpeg \d/);
  // What is none is refused, and not kept.
  const none = await sandbox.run(['ffmpeg', './no-such-ffmpeg'], { env });
  expect(none.status).not.toBe(0);
  expect(none.stderr).toContain('needs ffmpeg 4 or newer');
  expect((await sandbox.run(['ffmpeg'], { env })).status).toBe(0);
  const gone = await sandbox.run(['ffmpeg'], { env: { PATH: dirname(process.execPath) } });
  expect(gone.status).toBe(1);
});
