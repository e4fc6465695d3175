import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useBench, writeOld, type TestEngine } from '../helpers/engine.ts';
import { drawBackdrop, drawSign } from '../helpers/text-photos.ts';

/** Describes with the built-in describer, and waits until what there is to read has been read. */
async function describeAndRead(engine: TestEngine): Promise<void> {
  await engine.describe();
  // Beside the lanes that other tests wait for, that of text too.
  engine.engine.start((lane) => lane === 'text');
  await engine.engine.whenIdle(['text']);
}

test('the built-in describer reads what is sure, finds it with text:, keeps its caption, and reads another picture again', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'sign.jpg');
  const sign = await drawSign('a sign', { seed: 2, letterPx: 28 });
  await writeOld(path, sign.bytes);
  await writeOld(join(bench.photos, 'plain.jpg'), await drawBackdrop(1));
  const engine = await bench.open({ kind: 'built-in' });
  await engine.scan(bench.photos);
  await describeAndRead(engine);

  const { description } = await engine.show(path);
  const words = (description?.recognizedText ?? '').toLowerCase().split(/\s+/);
  const read = sign.words.filter((word) => words.includes(word));
  expect(read.length).toBeGreaterThanOrEqual(sign.words.length * 0.8);
  expect(words.filter((word) => !sign.words.includes(word))).toEqual([]);
  expect(description).toMatchObject({ baseline: true, caption: { owner: 'model' } });
  const { history } = await engine.show(path);
  expect(history.map(({ modelAnswered }) => modelAnswered)).toEqual([
    expect.stringMatching(/^Tesseract \d+\.\d+/) as string,
    'built-in',
  ]);
  // Who read it did not describe it: the photo is built-in's, and its description is no older for it.
  expect((await engine.engine.call('search.query', { query: 'model:built-in' })).total).toBe(2);
  const outdated = await engine.plan({ again: 'outdated' });
  expect(outdated.photos).toBe(0);
  // The sign is drawn over the middle: its words are known to stand one below or beside the other, inside the picture.
  const places = (description?.textLines ?? []).flatMap((line) => line.words ?? []);
  expect(places.map(({ text }) => text.toLowerCase())).toEqual(words);
  const corners = places.flatMap(({ polygon }) => polygon.flatMap(({ x, y }) => [x, y]));
  expect(Math.min(...corners)).toBeGreaterThan(0);
  expect(Math.max(...corners)).toBeLessThan(1);
  const [word = ''] = read;
  const found = await engine.engine.call('search.query', { query: `text:${word}` });
  expect(found.photos.map((photo) => photo.path)).toEqual([path]);
  expect((await engine.show(join(bench.photos, 'plain.jpg'))).description?.recognizedText).toBeNull();

  const other = await drawSign('another sign', { seed: 6, letterPx: 24, lines: 4 });
  await writeOld(path, other.bytes);
  await engine.scan();
  await describeAndRead(engine);
  const again = ((await engine.show(path)).description?.recognizedText ?? '').toLowerCase().split(/\s+/);
  expect(again.filter((text) => !other.words.includes(text))).toEqual([]);
  expect(again.length).toBeGreaterThan(0);
}, 300_000);

test('a copy of a photo with text that comes later has all that was said of the photo, and the text', async () => {
  const bench = await useBench();
  const sign = await drawSign('a sign', { seed: 2, letterPx: 28 });
  const path = join(bench.photos, 'sign.jpg');
  await writeOld(path, sign.bytes);
  const engine = await bench.open({ kind: 'built-in' });
  await engine.scan(bench.photos);
  await describeAndRead(engine);
  const said = (await engine.show(path)).description;
  expect(said).toMatchObject({ caption: { owner: 'model' }, recognizedText: expect.any(String) as string });

  const copy = join(bench.photos, 'copy.jpg');
  await writeOld(copy, sign.bytes);
  await engine.scan();
  expect((await engine.plan()).photos).toBe(1);
  await describeAndRead(engine);
  expect((await engine.show(copy)).description).toEqual(said);
  expect((await engine.plan()).photos).toBe(0);
}, 300_000);
