import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { encodePreviews, makeRaw } from '../helpers/camera-files.ts';
import { createSandbox, jsonLines, type Sandbox } from './run-cli.ts';
import { errorDocument, planDocument, searchDocument, showDocument, usageDocument } from './shapes.ts';
import { describeWithin } from './set-up.ts';
import { makeSmallPhoto } from './small-photo.ts';

/** A library with two described photos: a red one by a Nikon, a blue one. */
async function createLibrary(onEnd?: Parameters<typeof createSandbox>[0]): Promise<Sandbox> {
  const sandbox = await createSandbox(onEnd);
  const exif = {
    IFD0: { Make: 'NIKON CORPORATION', Model: 'NIKON D40' },
    IFD2: { DateTimeOriginal: '2006:12:16 12:42:00' },
  };
  await makeSmallPhoto(join(sandbox.photos, 'red.jpg'), { background: 'red', exif, seed: 1 });
  await makeSmallPhoto(join(sandbox.photos, 'blue.jpg'), { background: 'blue', seed: 2 });
  await describeWithin(sandbox);
  return sandbox;
}

describe('wrong usage ends with 2 and a sentence', () => {
  test.each([
    [['serach', 'dog'], 'Did you mean search?'],
    [['describe', '--bugdet', '5'], 'Did you mean --budget?'],
    [['describe', '--budget', '0,50'], 'no amount of dollars'],
    [['describe', '--limit', '0'], 'whole number'],
    [['plan', '--price', '5/x'], 'is no price'],
    [['describe', '--price', '1/2'], '--price belong to a service'],
    [['describe', '--prompt', 'poem'], 'There is no prompt “poem”; there are general'],
    [['describe', '--language', 'klingonese-2'], 'is no language'],
    [['describe', '--language', 'xx'], 'is no language'],
    [['describe', '--concurrency', '1000'], 'at most 256'],
    [['describe', '--fields', 'caption,mood'], 'There is no field “mood”'],
    [
      ['describe', '--connection', 'magic'],
      '“magic” is neither a kind of connection (built-in, azure-openai, openai-compatible, azure-vision)',
    ],
    [['describe', '--endpoint', 'https://x.example'], '--connection'],
    [['describe', '/no/such/folder'], '/no/such/folder was not found'],
    [['search', '--sort', 'beauty'], 'Allowed choices'],
    [['ask', 'a.jpg', '-what?', '--buget', '1'], 'There is no option --buget'],
    [['show'], 'missing required argument'],
    [['runs', 'show', 'one'], 'whole number'],
    [['usage', '--since', '2026-02-30'], 'no such day'],
    [['folders', 'privacy', 'x', 'public'], 'Allowed choices'],
    [['prompts', 'show', 'general', '--language', 'xx'], 'is no language'],
  ])('%j', async (args, sentence) => {
    const sandbox = await createSandbox();
    const { status, stdout, stderr } = await sandbox.run(args);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('with --json the error is also the last line of stdout', async () => {
    const sandbox = await createSandbox();
    for (const args of [
      ['describe', '--nonsense'],
      ['search', 'dog'],
      ['show', '7'],
    ]) {
      const { status, stdout } = await sandbox.run([...args, '--json']);
      expect(errorDocument.safeParse(jsonLines({ stdout }).at(-1)).error).toBeUndefined();
      expect(status).toBe(2);
    }
  });

  test('sentences name a command that exists in a checkout', async () => {
    const sandbox = await createSandbox();
    const { stdout, stderr } = await sandbox.run(['search']);
    expect(stdout + stderr).toContain('npm run cutline -- describe FOLDER');
    expect((await sandbox.run(['describe', '--help'])).stdout).toContain(
      'Usage: npm run cutline -- describe',
    );
  });

  test('the version is that of the package', async () => {
    const sandbox = await createSandbox();
    expect(await sandbox.run(['--version'])).toMatchObject({ stdout: `${manifest.version}\n`, status: 0 });
  });

  test('help is no mistake', async () => {
    const sandbox = await createSandbox();
    const { status, stdout } = await sandbox.run(['describe', '--help']);
    expect(stdout).toContain('--budget <usd>');
    expect(stdout).toContain('--library <folder>');
    expect(status).toBe(0);
  });
});

describe('finding', () => {
  // Nothing here changes the library, which is the last test's own claim.
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createLibrary(afterAll);
  });
  const find = async (...args: string[]): Promise<string[]> => {
    const found = searchDocument.parse(jsonLines(await sandbox.run(['search', '--json', ...args]))[0]);
    expect(found.total).toBeGreaterThanOrEqual(found.photos.length);
    return found.photos.map(({ path }) => path.slice(sandbox.photos.length + 1)).toSorted();
  };

  test('search finds by words and filters, and an empty query lists all', async () => {
    expect(await find('nikon')).toStrictEqual(['red.jpg']);
    expect(await find('year:2006')).toStrictEqual(['red.jpg']);
    expect(await find()).toStrictEqual(['blue.jpg', 'red.jpg']);
    expect(await find('--limit', '1', '--sort', 'name')).toStrictEqual(['blue.jpg']);
    expect(await find('zebra')).toStrictEqual([]);
  });

  test('a word with a dash before it is no option, and an option stays one wherever it stands', async () => {
    expect(await find('-nikon')).toStrictEqual(['blue.jpg']);
    expect(await find('year:2006', '-camera:d40')).toStrictEqual([]);
    expect(await find('-nikon', '-horse', 'OR', 'red', '--sort', 'name', '--limit', '1')).toStrictEqual([
      'blue.jpg',
    ]);
    expect(await find('--limit', '1', '-zebra', '--', '-nikon')).toStrictEqual(['blue.jpg']);
    // Behind `--` everything is a word.
    expect(await find('--', '--limt')).toStrictEqual([]);
    const mistyped = await sandbox.run(['search', 'nikon', '--limt', '1']);
    expect(mistyped.stderr).toContain('There is no option --limt');
    expect(mistyped.status).toBe(2);
  });

  test('matches are shown without marks where there are no colours', async () => {
    const { stdout, stderr } = await sandbox.run(['search', 'nikon']);
    expect(stdout).toContain('Nikon D40');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stderr).toContain('1 photo.');
  });

  test('show tells everything about a photo, by path or by id', async () => {
    const byPath = showDocument.parse(
      jsonLines(await sandbox.run(['show', 'Pictures/red.jpg', '--json']))[0],
    );
    const byId = showDocument.parse(jsonLines(await sandbox.run(['show', String(byPath.id), '--json']))[0]);
    expect(byId).toStrictEqual(byPath);
    expect(byPath).toMatchObject({ state: 'ready', description: { baseline: true } });
    const { stdout } = await sandbox.run(['show', 'Pictures/red.jpg']);
    expect(stdout).toMatch(/Caption +Photo taken with a Nikon D40/);
    expect(stdout).toMatch(/Camera +Nikon D40/);
    expect(stdout).toMatch(/Taken +2006-12-16 12:42/);
    expect(stdout).toMatch(/History\n.*built-in/);
  });

  test('a photo is found by the name of its file alone, from wherever one stands', async () => {
    const shown = async (name: string) =>
      showDocument.parse(jsonLines(await sandbox.run(['show', name, '--json']))[0]);
    const red = await shown('Pictures/red.jpg');
    for (const name of ['red.jpg', 'RED.jpg', 'red', './red.jpg']) {
      expect(await shown(name)).toStrictEqual(red);
    }
    expect((await sandbox.run(['show', 'green.jpg'])).stderr).toMatch(/green\.jpg was not found/);
    expect((await sandbox.run(['show', 'ed.jpg'])).status).toBe(2);
  });

  test('reading commands change nothing', async () => {
    const document = async (): Promise<unknown> => jsonLines(await sandbox.run(['status', '--json']))[0];
    const before = await document();
    for (const command of ['search', 'status', 'usage', 'plan', 'runs', 'queue', 'folders', 'connections']) {
      expect((await sandbox.run([command])).status).toBe(0);
    }
    expect(await document()).toStrictEqual(before);
    expect(usageDocument.parse(jsonLines(await sandbox.run(['usage', '--json']))[0]).requests).toBe(0);
  });
});

describe('a name that several photos have', () => {
  test('lists them with what tells them apart, and a file is no folder to describe', async () => {
    const sandbox = await createSandbox();
    for (const [index, folder] of ['2019', '2020'].entries()) {
      await mkdir(join(sandbox.photos, folder));
      await makeSmallPhoto(join(sandbox.photos, folder, 'same.jpg'), { seed: index });
    }
    await sandbox.run(['scan', sandbox.photos]);
    const { status, stdout, stderr } = await sandbox.run(['show', 'same.jpg']);
    expect({ status, stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^1  Pictures.2019.same\.jpg\n2  Pictures.2020.same\.jpg\n2 photos are called same\.jpg/,
    );
    expect((await sandbox.run(['show', join('2020', 'same.jpg')])).stdout).toMatch(
      /^Pictures.2020.same\.jpg\n/,
    );

    const file = join(sandbox.photos, '2019', 'same.jpg');
    const refused = (await sandbox.run(['describe', file])).stderr.replaceAll(/\s+/g, ' ');
    const query = /--query '(path:[^']+)'/.exec(refused)?.[1] ?? '';
    const found = await sandbox.run(['search', query, '--json']);
    expect(searchDocument.parse(jsonLines(found)[0]).total).toBe(2);
  });
});

describe('plan', () => {
  const paid = ['--connection', 'azure-openai', '--model', 'gpt-4.1'];
  const env = {
    AZURE_OPENAI_ENDPOINT: 'https://ann.openai.azure.com',
    AZURE_OPENAI_API_KEY: 'never-sent',
    AZURE_OPENAI_DEPLOYMENT: 'eyes',
  };

  test('says what it would cost, without a library and without leaving one', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { widthPx: 512, heightPx: 512 });
    const run = await sandbox.run(['plan', sandbox.photos, ...paid, '--json', '--detail', 'low'], { env });
    // One picture at low detail is the base amount of its model family (AZURE §2.2).
    expect(planDocument.parse(jsonLines(run)[0])).toMatchObject({ photos: 1, requests: 1, imageTokens: 85 });
    expect(await readdir(sandbox.folder)).toStrictEqual(['Pictures']);
  });

  test('works in the library for a connection that was never saved', async () => {
    const sandbox = await createLibrary();
    const { stdout, status } = await sandbox.run(['plan', ...paid], { env });
    expect(stdout).toMatch(/2 photos in 2 requests to eyes/);
    expect(stdout).toMatch(/at most \$/);
    expect(status).toBe(0);
    expect((await sandbox.run(['connections'])).stdout).not.toContain('eyes');
  });

  test('an own price is the way out where the price is not known, and is kept with the connection', async () => {
    const sandbox = await createLibrary();
    const unknown = ['--connection', 'azure-openai', '--model', 'gpt-99'];
    const without = await sandbox.run(['plan', ...unknown, '--budget', '1'], { env });
    expect(without.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'price of gpt-99 is not. Say which model it is with --model, or its price with --price',
    );
    expect(without.stdout).not.toContain('Nothing is sent beyond it');
    const priced = await sandbox.run(['plan', ...unknown, '--price', '2.5/10'], { env });
    expect(priced.stdout).toContain('by the price that you gave');
    const rule = ['folders', 'rule', sandbox.photos, 'describe', ...unknown, '--budget', '2'];
    const refused = await sandbox.run(rule, { env });
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain('The price of gpt-99 is not known');
    expect((await sandbox.run([...rule, '--price', '2.5/10'], { env })).status).toBe(0);
    expect((await sandbox.run(['plan', ...unknown], { env })).stdout).toContain('by the price that you gave');
  });

  test('says when nothing would be sent', async () => {
    const sandbox = await createLibrary();
    expect((await sandbox.run(['plan'])).stdout).toContain('everything in scope is described');
  });

  test('says what is kept private, and how to allow it', async () => {
    const sandbox = await createLibrary();
    await sandbox.run(['folders', 'privacy', sandbox.photos, 'local-only']);
    const said = (await sandbox.run(['plan', ...paid], { env })).stdout.replaceAll(/\s+/g, ' ');
    expect(said).toMatch(/Nothing would be sent\. Left out: 2 files 2 Kept private: .*local-only/);
    expect(said).toContain('folders privacy FOLDER may-be-sent');
    expect(said).not.toContain('everything in scope is described');
    const plan = jsonLines(await sandbox.run(['plan', ...paid, '--json'], { env }))[0];
    expect(plan).toMatchObject({ photos: 0, leftOut: [{ outcome: 'skipped', code: 'privacy', files: 2 }] });
  });

  test('says what is broken beside what would be sent', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), {});
    await writeFile(join(sandbox.photos, 'empty.jpg'), '');
    const said = (await sandbox.run(['plan', sandbox.photos])).stdout.replaceAll(/\s+/g, ' ');
    expect(said).toMatch(/^1 photo with built-in\..* Left out: 1 file 1 The file is empty/);
  });

  test('of RAWs of several makers that hold no picture says one sentence, with their formats', async () => {
    const sandbox = await createSandbox();
    const [stamp] = await encodePreviews([160]);
    for (const format of ['cr2', 'dng', 'orf'] as const) {
      const raw = makeRaw({ format, previews: stamp === undefined ? [] : [stamp] });
      await writeFile(join(sandbox.photos, `one.${format}`), raw);
    }
    const said = (await sandbox.run(['plan', sandbox.photos])).stdout.replaceAll(/\s+/g, ' ');
    expect(said).toContain('Left out: 3 files 3 They hold no picture');
    for (const name of ['Canon CR2', 'DNG', 'Olympus ORF']) expect(said).toContain(name);
  });

  test('of a folder that was added and never scanned says so, instead of that it has no photos', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), {});
    await sandbox.run(['folders', 'add', sandbox.photos]);
    for (const scope of [[], [sandbox.photos]]) {
      const run = await sandbox.run(['plan', ...scope]);
      expect(run.stdout + run.stderr).not.toContain('No photos');
      expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain('Pictures was never scanned');
      const [document] = jsonLines(await sandbox.run(['plan', ...scope, '--json']));
      expect(document).toMatchObject({ photos: 0, unscanned: [expect.stringMatching(/Pictures$/)] });
    }
    await sandbox.run(['scan']);
    expect((await sandbox.run(['plan'])).stdout).toMatch(/^1 photo with built-in/);
  });

  test('of a folder without photos says so', async () => {
    const sandbox = await createSandbox();
    expect((await sandbox.run(['plan', sandbox.photos])).stdout).toBe('No photos were found.\n');
  });
});

describe('folders', () => {
  const roots = z.array(
    z.looseObject({
      id: z.number(),
      path: z.string(),
      privacy: z.string(),
      rule: z.looseObject({ kind: z.string() }),
      ignorePatterns: z.array(z.string()),
    }),
  );
  const list = async (sandbox: Sandbox): Promise<z.infer<typeof roots>> =>
    roots.parse(jsonLines(await sandbox.run(['folders', '--json']))[0]);

  test('rule, privacy and patterns are kept and listed', async () => {
    const sandbox = await createLibrary();
    for (const args of [
      ['rule', sandbox.photos, 'describe'],
      ['privacy', sandbox.photos, 'local-only'],
      ['ignore', sandbox.photos, '*.tif', 'rejected/'],
    ]) {
      expect((await sandbox.run(['folders', ...args])).status).toBe(0);
    }
    expect(await list(sandbox)).toMatchObject([
      {
        path: sandbox.photos,
        privacy: 'local-only',
        rule: { kind: 'describe' },
        ignorePatterns: ['*.tif', 'rejected/'],
      },
    ]);
    expect((await sandbox.run(['folders'])).stdout).toMatch(/described with built-in.*local only/s);
  });

  test('a rule that can cost money needs a monthly budget', async () => {
    const sandbox = await createLibrary();
    const env = { OPENAI_API_KEY: 'never-sent' };
    const rule = [
      'folders',
      'rule',
      sandbox.photos,
      'describe',
      '--connection',
      'openai-compatible',
      '--model',
      'gpt-4.1',
    ];
    const refused = await sandbox.run(rule, { env });
    expect(refused.stderr).toContain('monthly --budget');
    expect(refused.stderr).not.toContain('not understood');
    expect(refused.status).toBe(2);
    // A command that was refused leaves no connection behind.
    expect((await sandbox.run(['connections'])).stdout).not.toContain('gpt-4.1');
    expect((await sandbox.run([...rule, '--budget', '2'], { env })).stdout).toContain('up to $2.00 a month');
  });

  test('a folder that moved is relinked, with everything that was said of its photos', async () => {
    const sandbox = await createLibrary();
    const moved = join(sandbox.folder, 'Moved');
    await rename(sandbox.photos, moved);
    expect((await sandbox.run(['folders', 'relink', sandbox.photos, moved])).status).toBe(0);
    expect((await sandbox.run(['search', 'nikon'])).stdout).toContain('Moved/red.jpg');
  });

  test('a folder inside another is part of it', async () => {
    const sandbox = await createLibrary();
    await mkdir(join(sandbox.photos, 'sub'));
    const { stdout } = await sandbox.run(['folders', 'add', join(sandbox.photos, 'sub')]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('sub is in the library already, as part of');
  });

  test('taking a folder out asks, or needs --yes', async () => {
    const sandbox = await createLibrary();
    const refused = await sandbox.run(['folders', 'remove', sandbox.photos]);
    expect(refused.stderr).toContain('--yes');
    expect(refused.status).toBe(2);
    expect((await sandbox.run(['folders', 'remove', sandbox.photos, '--yes'])).status).toBe(0);
    expect(await list(sandbox)).toStrictEqual([]);
  });
});

describe('runs and queue', () => {
  test('a run is shown, and undone as a whole', async () => {
    const sandbox = await createLibrary();
    expect((await sandbox.run(['runs'])).stdout).toMatch(/1 .*built-in.*finished/);
    expect((await sandbox.run(['runs', 'show', '1'])).stdout).toContain('2 described');
    expect((await sandbox.run(['runs', 'undo', '1'])).stdout).toContain('2 photos');
    const shown = showDocument.parse(jsonLines(await sandbox.run(['show', 'Pictures/red.jpg', '--json']))[0]);
    expect(shown.description?.caption ?? null).toBeNull();
    expect((await sandbox.run(['runs', 'pause', '1'])).status).toBe(2);
  });

  test('there is nothing to pause when nothing runs', async () => {
    const sandbox = await createLibrary();
    const paused = await sandbox.run(['queue', 'pause']);
    expect(paused).toMatchObject({ stdout: 'Nothing runs, so there is nothing to pause.\n', status: 0 });
  });

  test('a scan tells what changed, and describes nothing', async () => {
    const sandbox = await createLibrary();
    await makeSmallPhoto(join(sandbox.photos, 'green.jpg'), { background: 'green', seed: 3 });
    await rename(join(sandbox.photos, 'red.jpg'), join(sandbox.photos, 'rot.jpg'));
    const { stdout, status } = await sandbox.run(['scan']);
    expect(stdout).toMatch(/3 files · 1 new · 1 moved/);
    expect(status).toBe(0);
    expect((await sandbox.run(['search', 'is:undescribed'])).stdout).toContain('green.jpg');
    expect((await sandbox.run(['queue'])).stdout).toContain('Nothing waits.');
  });
});

describe('watch', () => {
  test('describes what appears by the folder’s rule, and ends with Ctrl-C', async () => {
    const sandbox = await createLibrary();
    await sandbox.run(['folders', 'rule', sandbox.photos, 'describe']);
    const running = sandbox.start(['watch']);
    await running.until('Watching');
    await makeSmallPhoto(join(sandbox.photos, 'new.jpg'), { background: 'green', seed: 9 });
    await running.until('new.jpg');
    running.child.kill('SIGINT');
    const { status, stdout } = await running.ended;
    expect(stdout).toContain('new.jpg');
    expect(status).toBe(130);
  });
});

describe('start', () => {
  const hook = `import{registerHooks}from"node:module";registerHooks({resolve(s,c,n){const r=n(s,c);console.error(r.url);return r}})`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };

  test('finding loads neither the decoder nor the client of a service', async () => {
    const sandbox = await createLibrary();
    for (const args of [['search', 'nikon'], ['show', '1'], ['status'], ['--help']]) {
      const { stderr } = await sandbox.run(args, { env });
      expect(stderr).toContain('/app/cli/program.ts');
      expect(stderr).not.toMatch(/node_modules\/(?:sharp|@img|openai|exiftool-vendored|chokidar)\//);
    }
  });

  test('an engine loads what reads videos, asks ExifTool or speaks to a service when it is needed', async () => {
    const sandbox = await createLibrary();
    const { stderr } = await sandbox.run(['scan'], { env });
    expect(stderr).toContain('/app/engine.ts');
    expect(stderr).not.toMatch(/node_modules\/(?:openai|exiftool-vendored|mediabunny|@azure)\//);
  });
});
