import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunId } from '../../app/contract/ids.ts';
import { openForWriting } from '../../app/db/open.ts';
import { toAsker } from '../../app/captioning/asker.ts';
import { sortOut } from '../../app/engine/plan.ts';
import { getConnection } from '../../app/settings/connection-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { photoOf, useBench, usualOptions, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';
import { addConnection, addPhoto, addRoot } from '../helpers/records.ts';

/** So many files with the bytes of the first photo, which has been described: more than are taken over in one go. */
const twins = 120;

async function openWithTwins(bench: Bench): Promise<TestEngine> {
  const engine = await bench.openWith(1);
  await engine.describe();
  const bytes = await photoOf(1);
  for (let twin = 0; twin < twins; twin += 1) {
    await writeOld(join(bench.photos, 'twins', `${String(twin)}.jpg`), bytes);
  }
  await engine.scan();
  return engine;
}

const start = (engine: TestEngine, language = 'en') =>
  engine.engine.call('description.start', {
    connectionId: engine.connection.id,
    budgetMicroUsd: null,
    options: { ...usualOptions, language },
  });

async function countDescribed(engine: TestEngine): Promise<number> {
  const { connection } = engine;
  const { described } = await engine.engine.call('description.count', { connectionId: connection.id });
  return described;
}

test('a run that is undone while it starts says nothing more', async () => {
  const bench = await useBench();
  const engine = await openWithTwins(bench);
  let undone: Promise<unknown> | undefined;
  engine.engine.events.on('asset.described', ({ runId }) => {
    undone ??= engine.engine.call('run.undo', { id: runId });
  });
  const { runId } = await start(engine);
  await undone;
  expect(await countDescribed(engine)).toBe(1);
  expect(await engine.run(runId as RunId)).toMatchObject({ state: 'undone', jobs: { ready: 0 } });
});

test('a run of many photos is undone page by page, and to its end should the engine die in between', async () => {
  const bench = await useBench();
  const engine = await openWithTwins(bench);
  const id = (await start(engine)).runId as RunId;
  expect(await countDescribed(engine)).toBe(1 + twins);
  const pages: number[] = [];
  engine.engine.events.on('asset.changed', ({ assetIds }) => {
    pages.push(assetIds.length);
  });
  expect(await engine.engine.call('run.undo', { id })).toEqual({ photos: twins });
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.reduce((sum, page) => sum + page, 0)).toBe(twins);

  const again = (await start(engine)).runId as RunId;
  await engine.close();
  const { db, close } = openForWriting(bench.library);
  db.run("UPDATE run SET state = 'undone' WHERE id = ?", [again]);
  close();
  const reopened = bench.reopen(engine.connection);
  expect(await countDescribed(reopened)).toBe(1);
});

test.each(['running', 'paused'])(
  'a %s run whose photos were all taken over by a newer one is over',
  async (state) => {
    const bench = await useBench();
    await (await bench.openWith(3)).close();
    // Nothing works on its jobs.
    const engine = await bench.open();
    const older = (await start(engine)).runId as RunId;
    if (state === 'paused') await engine.engine.call('run.pause', { id: older });
    const newer = await start(engine, 'de');
    expect(newer).toMatchObject({ photos: 3, waitingRuns: [] });
    expect(await engine.run(older)).toMatchObject({ state: 'finished', jobs: { held: 0, ready: 0 } });
    expect(await engine.run(newer.runId as RunId)).toMatchObject({ state: 'running', jobs: { ready: 3 } });
  },
);

test('planning a large library lets others have their turns', async () => {
  const db = useTestDatabase();
  const rootId = addRoot(db);
  const connection = getConnection(db, addConnection(db));
  db.transact(() => {
    for (let photo = 0; photo < 1_200; photo += 1) addPhoto(db, `${String(photo)}.jpg`, { rootId });
  });
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const { plan, toAsk } = await sortOut(db, connection, toAsker(connection), {
    scope: {},
    options: usualOptions,
    nowMs: 0,
  });
  isDone = true;
  expect(turns).toBeGreaterThan(1);
  expect(plan.photos).toBe(1_200);
  expect(new Set(toAsk).size).toBe(1_200);
});
