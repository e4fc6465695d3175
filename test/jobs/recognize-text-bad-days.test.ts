import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { textOfOldMigration } from '../../app/db/migrations/0141-text-of-old.ts';
import { TextReader } from '../../app/imaging/text-reader.ts';
import { startChild } from '../helpers/child.ts';
import type { DescribingEngine } from '../helpers/describing-engine.ts';
import { EveryLaneEngine, useBench, writeOld } from '../helpers/engine.ts';
import { drawBackdrop, drawSign, type TextPhoto } from '../helpers/text-photos.ts';

const sign = (): Promise<TextPhoto> => drawSign('a sign', { seed: 2, letterPx: 28 });

/** Works on every lane until nothing is left to do. */
async function workOn(library: string): Promise<EveryLaneEngine> {
  const engine = new EveryLaneEngine({ libraryFolder: library });
  onTestFinished(() => engine.close({ abort: true }));
  engine.start();
  await engine.whenAllIdle();
  return engine;
}

/** How many of the words in a photo are known, how often text was read in it, and whether it has a caption. */
async function whatIsRead(engine: EveryLaneEngine, path: string, { words }: TextPhoto) {
  const { description, history } = await engine.show(path);
  const read = new Set((description?.recognizedText ?? '').toLowerCase().split(/\s+/));
  return {
    isRead: words.filter((word) => read.has(word)).length >= words.length * 0.8,
    times: history.filter(({ fields }) => fields.recognizedText !== undefined).length,
    hasCaption: description?.caption !== null,
  };
}

const readOnce = { isRead: true, times: 1, hasCaption: true };

test('killed in the middle of reading a photo, the next engine reads it, once', async () => {
  const { library, photos, emulator } = await useBench();
  const path = join(photos, 'sign.jpg');
  const drawn = await sign();
  await writeOld(path, drawn.bytes);
  const script: DescribingEngine = {
    library,
    photos,
    emulator: { endpoint: emulator.endpoint, key: emulator.key },
    concurrency: 1,
    everyLane: true,
    isBuiltIn: true,
    // The first is the caption; what was read is about to be stored.
    diesBefore: 'INSERT INTO description',
    occurrence: 2,
  };
  const child = startChild(join(import.meta.dirname, '../helpers/describing-engine.ts'), [
    JSON.stringify(script),
  ]);
  expect(await child.gone).toBeNull();

  expect(await whatIsRead(await workOn(library), path, drawn)).toEqual(readOnce);
}, 300_000);

test('photos that an older release described are measured and read by themselves', async () => {
  const { library, photos, open } = await useBench();
  const path = join(photos, 'sign.jpg');
  const drawn = await sign();
  await writeOld(path, drawn.bytes);
  await writeOld(join(photos, 'plain.jpg'), await drawBackdrop(1));
  const engine = await open({ kind: 'built-in' });
  await engine.scan(photos);
  await engine.describe();
  await engine.close();
  // As a library was before photos were measured.
  const db = new Database(join(library, 'library.db'));
  db.exec(`UPDATE asset SET text_amount = NULL, has_thumbnail = 1; DELETE FROM job WHERE kind = 'recognize-text';
    DROP INDEX asset_unmeasured;`);
  // And as its migration leaves it, with all that later ones do.
  db.exec(textOfOldMigration.up);
  db.close();

  expect(await whatIsRead(await workOn(library), path, drawn)).toEqual(readOnce);
}, 300_000);

const program = (name: string) => new URL(`../fixtures/decoder/${name}.ts`, import.meta.url);

test.each([
  ['crashes', { code: 'decoder-crashed', details: { end: 'SIGSEGV' } }],
  ['ends', { code: 'decoder-crashed', details: { end: 'exit 134' } }],
])('a reader that %s takes nobody along', async (name, error) => {
  const reader = new TextReader({ program: program(name) });
  onTestFinished(() => {
    reader.close();
  });
  await expect(reader.read(Buffer.from('picture'))).rejects.toMatchObject(error);
});

test('a reader that takes too long, or too much memory, is ended, and the next photo is read', async () => {
  const slow = new TextReader({ program: program('never-answers'), timeoutMs: 300 });
  const fat = new TextReader({ program: program('takes-memory') });
  onTestFinished(() => {
    slow.close();
    fat.close();
  });
  await expect(slow.read(Buffer.from('picture'))).rejects.toMatchObject({ code: 'decoder-timeout' });
  await expect(slow.read(Buffer.from('picture'))).rejects.toMatchObject({ code: 'decoder-timeout' });
  await expect(fat.read(Buffer.from('picture'))).rejects.toMatchObject({
    code: 'decoder-crashed',
    details: { end: 'exit 1' },
  });
});
