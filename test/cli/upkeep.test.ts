import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AssetId, ConnectionId, RootId } from '../../app/contract/ids.ts';
import { Database } from '../../app/db/connection.ts';
import { openForWriting } from '../../app/db/open.ts';
import { backUp } from '../../app/engine/backup.ts';
import { setFolderNote } from '../../app/library/folder-note-store.ts';
import { endAnswer, insertQuestion } from '../../app/threads/thread-store.ts';
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

/** Asks about one of the photos, and notes what all are about. Its id. */
function askWithin({ library }: Sandbox, question: string): number {
  const { db, close } = openForWriting(library);
  try {
    const [assetId] = db.pluck<AssetId>('SELECT min(id) FROM asset');
    const [connectionId] = db.pluck<ConnectionId>('SELECT min(id) FROM connection');
    const [rootId] = db.pluck<RootId>('SELECT min(id) FROM root');
    if (assetId === undefined || connectionId === undefined || rootId === undefined) throw new Error('empty');
    setFolderNote(db, { rootId, relativePath: '' }, 'Our wedding', 1);
    const { answerId } = insertQuestion(
      db,
      {
        threadId: undefined,
        connectionId,
        question,
        crop: undefined,
        moment: null,
        assetIds: [assetId],
      },
      1_700_000_000_000,
    );
    endAnswer(
      db,
      answerId,
      { state: 'answered', answer: 'Anna.', finishReason: 'stop', error: null },
      1_700_000_001_000,
    );
    return assetId;
  } finally {
    close();
  }
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

test('JSON is one document with dates to read, also of no photo; CSV has every fact that fits into a cell', async () => {
  const sandbox = await createSandbox();
  // Its camera says 16 December 2006, 12:42:07, and where it was.
  await makeSmallPhoto(join(sandbox.photos, 'a.jpg'));
  await makeSmallPhoto(join(sandbox.photos, 'b.jpg'), { background: 'blue', seed: 2 });
  await describeWithin(sandbox);
  const first = askWithin(sandbox, 'Who is\nthis?');
  const document = z
    .array(
      z.object({
        id: z.number(),
        notes: z.array(z.string()),
        questions: z.array(
          z.object({ question: z.string(), askedAt: z.iso.datetime(), askedAtMs: z.number() }),
        ),
        metadata: z.object({ captured: z.string().optional(), captureLocalMs: z.number().optional() }),
      }),
    )
    .parse(JSON.parse((await sandbox.run(['export', '--format', 'json'])).stdout));
  expect(document).toHaveLength(2);
  const asked = document.find(({ id }) => id === first);
  expect(asked?.questions.map(({ question }) => question)).toEqual(['Who is\nthis?']);
  expect(asked?.questions.every(({ askedAt, askedAtMs }) => Date.parse(askedAt) === askedAtMs)).toBe(true);
  expect(document.filter(({ questions }) => questions.length > 0)).toHaveLength(1);
  expect(document.map(({ notes }) => notes)).toEqual([['Our wedding'], ['Our wedding']]);
  for (const { captured, captureLocalMs } of document.map(({ metadata }) => metadata)) {
    if (captureLocalMs === undefined) continue;
    expect(captured).toBe(new Date(captureLocalMs).toISOString().slice(0, 19));
  }

  const none = await sandbox.run(['export', '--format', 'json', '--query', 'zebra']);
  expect(JSON.parse(none.stdout)).toEqual([]);
  expect(jsonLines(await sandbox.run(['export', '--format', 'jsonl']))).toHaveLength(2);

  const csv = (await sandbox.run(['export'])).stdout;
  const names = csv.slice(0, csv.indexOf('\r\n')).split(',');
  for (const name of ['place', 'time_zone', 'utc_offset', 'colors', 'flash', 'notes', 'questions']) {
    expect(names).toContain(name);
  }
  expect(csv).toContain('"Q: Who is\nthis?');
  expect(csv).toContain('Our wedding');
});

test('a file to write into a folder that is not there is refused with the folder’s name', async () => {
  const sandbox = await describedSandbox();
  const folder = join(sandbox.folder, 'nowhere');
  for (const args of [
    ['backup', join(folder, 'x.db')],
    ['export', '--out', join(folder, 'x.csv')],
  ]) {
    const refused = await sandbox.run(args);
    expect(refused.status).toBe(2);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(`${folder} was not found. Make it first`);
  }
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
  await writeFile(join(sandbox.library, 'library.db.schema-200.bak'), '');
  const damaged = await sandbox.run(['doctor', '--json']);
  expect(damaged.status).toBe(1);
  expect(jsonLines(damaged)).toContainEqual(
    expect.objectContaining({
      code: 'database-damaged',
      facts: expect.objectContaining({ path: database, copies: 'library.db.schema-200.bak' }) as object,
    }),
  );

  // Not even its first page is one.
  await writeFile(database, bytes.fill(0x55));
  const unread = await sandbox.run(['doctor']);
  expect(unread.status).toBe(1);
  const said = (unread.stdout + unread.stderr).replaceAll(/\s+/g, ' ');
  expect(said).toContain(`${database} is damaged`);
  expect(said).toContain('library.db.schema-200.bak');
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

test('`| head` ends what prints much without a word', { timeout: 240_000 }, async () => {
  const sandbox = await createSandbox();
  await makeSmallPhoto(join(sandbox.photos, 'one.jpg'));
  // More than a pipe takes at once.
  for (let copy = 0; copy < 60; copy += 1) {
    await copyFile(join(sandbox.photos, 'one.jpg'), join(sandbox.photos, `${'long-'.repeat(45)}${copy}.jpg`));
  }
  await sandbox.run(['scan', sandbox.photos]);
  for (const args of [
    ['export', '--format', 'json'],
    ['search', '--limit', '500', ''],
    ['--json', 'search', '--limit', '500', ''],
    ['usage'],
  ]) {
    const running = sandbox.start(args);
    running.child.stdout.destroy();
    const { status, stderr } = await running.ended;
    expect({ args, status }).toEqual({ args, status: 0 });
    expect(stderr).not.toMatch(/EPIPE|Error|wrong|stopped/i);
  }
});
