import { copyFile, mkdir, readdir, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeBrokenFile } from '../helpers/photos.ts';
import { realPhotos } from '../helpers/real-photos.ts';
import { writeOld } from '../helpers/write-old.ts';
import { createSandbox, jsonLines, type Sandbox } from './run-cli.ts';
import { readDescribed } from './shapes.ts';
import { makeSmallPhoto } from './small-photo.ts';

/** Two photos in formats that can be described, a broken one, and two files that are no photos. */
async function fillFolder({ photos }: Sandbox): Promise<void> {
  await makeSmallPhoto(join(photos, 'red.jpg'), {
    seed: 1,
    background: 'red',
    exif: { IFD0: { Make: 'NIKON', Model: 'NIKON D40' } },
  });
  await makeSmallPhoto(join(photos, '2019', 'blue.png'), { seed: 2, background: 'blue', format: 'png' });
  await writeOld(join(photos, 'empty.jpg'), '');
  await writeOld(join(photos, 'notes.txt'), 'no photo');
  await writeOld(join(photos, 'red.xmp'), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
}

describe('with the built-in describer', () => {
  test('describes every photo and says of every other file why not', async () => {
    const sandbox = await createSandbox();
    await fillFolder(sandbox);
    const { status, stdout, stderr } = await sandbox.run(['describe', sandbox.photos]);
    expect(stdout).toMatch(/Pictures\/red\.jpg\n {2}.*Nikon D40/);
    expect(stdout).toMatch(/Pictures\/2019\/blue\.png\n {2}.*blue/);
    expect(stdout).toMatch(/empty\.jpg\n {2}The file is empty/);
    expect(stdout).toMatch(/Not a photo[^\n]*\n[^\n]*notes\.txt/);
    // A sidecar belongs to its photo.
    expect(stdout).not.toContain('red.xmp');
    expect(stdout).toContain('Described 2 photos');
    expect(stderr).toContain('Nothing leaves this machine');
    expect(status).toBe(1);
  });

  test('gives scripts one JSON object per file, then a summary that adds up', async () => {
    const sandbox = await createSandbox();
    await fillFolder(sandbox);
    const { status, stdout } = await sandbox.run(['describe', sandbox.photos, '--json']);
    const { photos, last } = readDescribed(jsonLines({ stdout }));
    const outcomes = photos.map(({ path, status: outcome, error }) => [
      path.slice(sandbox.photos.length + 1),
      error?.code ?? outcome,
    ]);
    expect(Object.fromEntries(outcomes)).toStrictEqual({
      '2019/blue.png': 'described',
      'empty.jpg': 'file-empty',
      'notes.txt': 'not-a-photo',
      'red.jpg': 'described',
    });
    expect(new Set(photos.map((photo) => photo.status))).toStrictEqual(
      new Set(['described', 'failed', 'skipped']),
    );
    expect(last.summary).toMatchObject({ found: 4, described: 2, failed: 1, skipped: 1, costMicroUsd: 0 });
    for (const photo of photos.filter((one) => one.status === 'described')) {
      expect(photo.altText).not.toBeNull();
    }
    expect(status).toBe(1);
  });

  test('a second time there is nothing to do, also after folder and files were renamed', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'a', 'one.jpg'), { seed: 1 });
    await makeSmallPhoto(join(sandbox.photos, 'a', 'two.jpg'), { seed: 2 });
    expect((await sandbox.run(['describe', sandbox.photos])).status).toBe(0);
    await rename(join(sandbox.photos, 'a'), join(sandbox.photos, 'b'));
    await rename(join(sandbox.photos, 'b', 'one.jpg'), join(sandbox.photos, 'b', 'uno.jpg'));
    const again = await sandbox.run(['describe', sandbox.photos]);
    expect(again.stdout).toContain('All 2 photos are described.');
    expect(again.status).toBe(0);
  });

  test('an earlier failure is listed again, and ends with 1 again', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    await makeBrokenFile(join(sandbox.photos, 'broken.jpg'), 'truncated');
    for (const _ of ['first', 'second']) {
      const { status, stdout } = await sandbox.run(['describe', sandbox.photos]);
      expect(stdout).toMatch(/broken\.jpg\n {2}The picture is damaged/);
      expect(status).toBe(1);
    }
  });

  test('describes only the folder that is named, and with --limit only so many', async () => {
    const sandbox = await createSandbox();
    for (const name of ['a/1', 'a/2', 'b/3']) {
      await makeSmallPhoto(join(sandbox.photos, `${name}.jpg`), { seed: Number(name.at(-1)) });
    }
    const first = await sandbox.run(['describe', join(sandbox.photos, 'a'), '--limit', '1', '--json']);
    expect(readDescribed(jsonLines(first)).last.summary).toMatchObject({ described: 1, waiting: 1 });
    const second = await sandbox.run(['describe', join(sandbox.photos, 'a'), '--json']);
    expect(readDescribed(jsonLines(second)).last.summary).toMatchObject({
      described: 1,
      alreadyDescribed: 1,
      waiting: 0,
    });
  });

  test('says what it described, and that the file’s own caption stays', async () => {
    const sandbox = await createSandbox();
    const own = 'The joust of the bear in Pistoia, seen from the cathedral square on a summer evening';
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { exif: { IFD0: { ImageDescription: own } } });
    const { stdout } = await sandbox.run(['describe', sandbox.photos]);
    expect(stdout).toMatch(/one\.jpg\n {2}Photo in landscape format/);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain("The file's own caption stays: The joust of the bear");
    await sandbox.run(['runs', 'undo', '1']);
    const again = await sandbox.run(['describe', sandbox.photos, '--json']);
    expect(readDescribed(jsonLines(again)).photos[0]?.caption).toContain('Photo in landscape format');
  });

  test('a folder whose photos may not be sent is not called empty', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    await sandbox.run(['folders', 'add', sandbox.photos]);
    await sandbox.run(['folders', 'privacy', sandbox.photos, 'built-in-only']);
    const service = ['--connection', 'openai-compatible', '--model', 'm', '--endpoint', 'http://127.0.0.1:9'];
    const { stdout } = await sandbox.run(['describe', sandbox.photos, ...service]);
    expect(stdout).toContain('Not described: 1 file');
    expect(stdout).not.toContain('No photos were found');
  });

  test('control characters in file names and captions never reach the terminal', async () => {
    const sandbox = await createSandbox();
    const evil = 'a\u001B[2J\u001B]0;owned\u0007\u202Egpj.exe.jpg';
    await makeSmallPhoto(join(sandbox.photos, evil), {
      exif: { IFD0: { ImageDescription: 'caption \u001B[31mred\u009Bx' } },
    });
    for (const args of [['describe', sandbox.photos], ['search'], ['show', '1'], ['search', '--json']]) {
      const { stdout, stderr } = await sandbox.run(args);
      expect(stdout.replaceAll('\n', '') + stderr.replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Bidi_Control}]/u,
      );
    }
  });

  test('a link to a folder and a relative path name the same folder', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    await symlink(sandbox.photos, join(sandbox.folder, 'link'));
    expect((await sandbox.run(['describe', 'Pictures'])).status).toBe(0);
    const linked = await sandbox.run(['describe', join(sandbox.folder, 'link')]);
    expect(linked.stdout).toContain('The photo is described.');
  });

  test('through npm, a relative path is relative to where npm was called', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    const elsewhere = join(sandbox.folder, 'elsewhere');
    await mkdir(elsewhere);
    const env = { INIT_CWD: sandbox.folder, npm_package_name: 'cutline' };
    const { stdout, status } = await sandbox.run(['describe', 'Pictures'], { cwd: elsewhere, env });
    expect(stdout).toContain('Pictures/one.jpg');
    expect(status).toBe(0);
  });
});

describe('without a folder', () => {
  test('an empty library gets the sample photos, and nothing of them is left', async () => {
    const sandbox = await createSandbox();
    const { status, stdout, stderr } = await sandbox.run(['describe']);
    expect(stdout).toMatch(/Described \d+ photos/);
    expect(stderr).toContain('sample photos');
    expect(status).toBe(0);
    expect(await readdir(sandbox.folder)).toStrictEqual(['Pictures']);
  });

  test('takes all folders of a library that has some', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    await sandbox.run(['folders', 'add', sandbox.photos]);
    const { stdout } = await sandbox.run(['describe']);
    expect(stdout).toContain('one.jpg');
  });
});

describe('bad days', () => {
  test('a folder that is gone is named, and what it holds is not lost', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    await sandbox.run(['describe', sandbox.photos]);
    await rename(sandbox.photos, `${sandbox.photos}-away`);
    const gone = await sandbox.run(['describe', sandbox.photos]);
    expect(gone.stderr).toContain(sandbox.photos);
    expect(gone.status).toBe(3);
    await rename(`${sandbox.photos}-away`, sandbox.photos);
    expect((await sandbox.run(['describe', sandbox.photos])).stdout).toContain('The photo is described.');
  });

  // Other systems refuse such names themselves.
  test.runIf(process.platform === 'linux')(
    'a file whose name is no text is named, and stops nothing',
    async () => {
      const sandbox = await createSandbox();
      await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
      const name = Buffer.concat([
        Buffer.from(join(sandbox.photos, 'bad')),
        Buffer.from([0xff]),
        Buffer.from('.jpg'),
      ]);
      await writeFile(name, 'anything');
      const { status, stderr, stdout } = await sandbox.run(['describe', sandbox.photos]);
      expect(status).toBe(0);
      expect(stdout).toContain('one.jpg');
      expect(stderr).toMatch(/1 path could not be looked at.*bad/s);
    },
  );

  test('a library of another program’s making is left alone', async () => {
    const sandbox = await createSandbox();
    await mkdir(sandbox.library);
    await writeFile(join(sandbox.library, 'library.db'), 'this is no database, but somebody’s file');
    const { status, stderr } = await sandbox.run(['describe', sandbox.photos]);
    expect(stderr).toMatch(/damaged/);
    expect(status).toBe(3);
  });

  test('the end of `| head` is no error', async () => {
    const sandbox = await createSandbox();
    await makeSmallPhoto(join(sandbox.photos, 'one.jpg'), { seed: 1 });
    for (let copy = 0; copy < 30; copy += 1) {
      await copyFile(join(sandbox.photos, 'one.jpg'), join(sandbox.photos, `${copy}.jpg`));
    }
    const running = sandbox.start(['describe', sandbox.photos]);
    running.child.stdout.destroy();
    const { status, stderr } = await running.ended;
    expect(status).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|Error/);
  });
});

describe.skipIf(realPhotos === undefined)('on real photos', () => {
  // Seventy files, RAW and HEIC among them, on a machine that does other things too.
  test('every file of the folder is accounted for', { timeout: 240_000 }, async () => {
    const sandbox = await createSandbox();
    // As the library keeps paths: links resolved.
    const folder = await realpath(realPhotos ?? '');
    const { stdout } = await sandbox.run(['describe', folder, '--json']);
    const { photos, last } = readDescribed(jsonLines({ stdout }));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(photos.map(({ path }) => path).toSorted()).toStrictEqual(files.toSorted());
    expect(last.summary.found).toBe(files.length);
    expect(last.summary.described).toBeGreaterThan(30);
  });
});
