import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { photoOf, useBench, writeOld, type TestEngine } from '../helpers/engine.ts';

const found = async (engine: TestEngine, query: string) =>
  (await engine.engine.call('search.query', { query })).total;

describe('an answer that a person may want to look at', () => {
  test('is kept, found by is:doubtful, never paid for again by itself, and no longer one once it was looked at', async () => {
    const bench = await useBench();
    const engine = await bench.openWith(1);
    // The emulator answers in English, and with a handful of keywords.
    const options = { language: 'de', keywords: { min: 30, max: 40, form: 'phrases' } } as const;
    const run = await engine.describe({ options });
    expect(run.state).toBe('finished');
    const sent = bench.emulator.totals().requests;
    const [photo] = (await engine.engine.call('search.query', { query: 'is:doubtful' })).photos;
    const summary = () => engine.engine.call('library.summary', {});
    expect((await summary()).doubtful).toBe(1);
    const { history } = await engine.engine.call('asset.get', { id: photo?.id ?? never() });
    expect(history[0]?.doubts).toEqual(['few-keywords', 'other-language']);

    const again = await engine.engine.call('description.plan', {
      connectionId: engine.connection.id,
      options: { ...run.options, ...options },
    });
    expect(again.requests).toBe(0);
    expect(bench.emulator.totals().requests).toBe(sent);
    await engine.engine.call('asset.review', {
      photos: { assetIds: [photo?.id ?? never()] },
      state: 'accepted',
    });
    expect(await found(engine, 'is:doubtful')).toBe(0);
    expect((await summary()).doubtful).toBe(0);
  });
});

describe('a note on a folder', () => {
  test('is found with the photos below it, in its forms, and forgotten when it is taken away', async () => {
    const bench = await useBench();
    const folder = join(bench.photos, 'DCIM', 'a');
    await writeOld(join(folder, '1.jpg'), await photoOf(1));
    await writeOld(join(bench.photos, '2.jpg'), await photoOf(2));
    const engine = await bench.open();
    await engine.scan(bench.photos);
    const path = join(bench.photos, 'DCIM');
    await engine.engine.call('folder.setNote', { path, note: 'Anna’s weddings in Siena' });
    expect(await found(engine, 'anna wedding')).toBe(1);
    expect(await found(engine, 'folder:siena')).toBe(1);
    const { photos } = await engine.engine.call('search.query', { query: 'siena' });
    expect(photos[0]?.snippet).toContain('Siena');
    await engine.engine.call('folder.setNote', { path, note: 'Birthday' });
    expect([await found(engine, 'wedding'), await found(engine, 'birthday')]).toEqual([0, 1]);
    await engine.engine.call('folder.setNote', { path, note: null });
    expect(await found(engine, 'birthday')).toBe(0);
  });

  test('follows its folder when that is renamed, and a folder that becomes a part of another', async () => {
    const bench = await useBench();
    const [before, after] = ['trip', 'Iceland'].map((name) => join(bench.photos, 'years', name));
    await mkdir(join(bench.photos, 'years'));
    await writeOld(join(before ?? '', 'day 1', '1.jpg'), await photoOf(1));
    await writeOld(join(before ?? '', '2.jpg'), await photoOf(2));
    const engine = await bench.open();
    await engine.scan(join(bench.photos, 'years'));
    await engine.engine.call('folder.setNote', { path: before ?? '', note: 'With Anna' });
    await engine.engine.call('folder.setNote', { path: join(bench.photos, 'years'), note: 'Journeys' });

    await rename(before ?? '', after ?? '');
    await engine.scan();
    const notes = async () =>
      (await engine.engine.call('folder.listNotes', {})).map(({ path, note }) => [path, note]);
    expect(await notes()).toEqual([
      [join(bench.photos, 'years'), 'Journeys'],
      [after, 'With Anna'],
    ]);
    expect(await found(engine, 'anna')).toBe(2);

    await engine.scan(bench.photos);
    expect(await notes()).toEqual([
      [join(bench.photos, 'years'), 'Journeys'],
      [after, 'With Anna'],
    ]);
    expect(await found(engine, 'journeys')).toBe(2);
  });
});

function never(): never {
  throw new Error('the test needs it');
}
