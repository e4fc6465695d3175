import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageFor } from '../../app/contract/messages/en.ts';
import { describePicture } from '../azure-emulator/describe-picture.ts';
import { isSamePicture } from '../azure-emulator/fingerprint.ts';
import {
  azureSettings,
  makePhotos,
  photoOf,
  readLedger,
  useBench,
  type TestEngine,
} from '../helpers/engine.ts';
import { faultTable, linesThat, type FaultLine } from '../helpers/fault-table.ts';

/** Every line of the table through the whole engine; lines that end alike share a library. */

const oneAtATime = { concurrency: 1 } as const;

function nameOf(photo: number): string {
  return `photo-${String(photo).padStart(3, '0')}.jpg`;
}

type OneByOne = {
  readonly engine: TestEngine;
  readonly mend: () => Promise<unknown>;
  /** Adds a photo, whose first request gets this answer, and describes it. */
  readonly add: (photo: number, answer: FaultLine) => ReturnType<TestEngine['describe']>;
  readonly bookingsOf: (photo: number) => string[];
};

async function useOneByOne(): Promise<OneByOne> {
  const bench = await useBench();
  const settings = azureSettings(bench.emulator, oneAtATime);
  const engine = await bench.openWith(0, settings);
  return {
    engine,
    mend: () => engine.connect(settings),
    add: async (photo, answer) => {
      await makePhotos(bench.photos, 1, photo);
      await engine.scan();
      bench.emulator.faults.next({ name: 'quoted', answer });
      return engine.describe();
    },
    bookingsOf: (photo) =>
      readLedger(bench.library)
        .filter(({ relativePath }) => relativePath === nameOf(photo))
        .map(({ booking }) => booking),
  };
}

test('the table has each line once', () => {
  expect(new Set(faultTable.map(({ line }) => line)).size).toBe(faultTable.length);
});

test('what is final for a photo is said of this one, booked as it was charged, and stops no other', async () => {
  const lines = linesThat('final');
  const bench = await useBench();
  const engine = await bench.openWith(lines.length + 1, azureSettings(bench.emulator, oneAtATime));
  for (const [index, answer] of lines.entries()) {
    const { fingerprint } = await describePicture(await photoOf(index + 1));
    bench.emulator.faults.next({
      name: 'quoted',
      answer,
      when: ({ pictures: [picture] }) =>
        picture !== undefined && isSamePicture(picture.fingerprint, fingerprint),
    });
  }

  const run = await engine.describe();

  expect(run.jobs).toMatchObject({ finished: 1, failed: lines.length });
  const ledger = readLedger(bench.library);
  for (const [index, { line, code, booking = 'free' }] of lines.entries()) {
    const path = nameOf(index + 1);
    const shown = await engine.engine.call('description.report', {
      connectionId: engine.connection.id,
      folders: [join(bench.photos, path)],
    });
    expect({ line, files: shown.files }).toMatchObject({
      line,
      files: [{ outcome: 'failed', error: { code } }],
    });
    const { error } = shown.files[0] ?? {};
    expect(messageFor(error ?? { code: 'internal' })).not.toMatch(/undefined|\[object/);
    const bookings = ledger.filter(({ relativePath }) => relativePath === path).map((row) => row.booking);
    expect({ line, bookings }).toEqual({ line, bookings: [booking] });
  }
}, 120_000);

test('what is wrong for every photo makes the queue wait for a person, and costs nothing', async () => {
  const { engine, mend, add, bookingsOf } = await useOneByOne();
  for (const [index, answer] of linesThat('blocked').entries()) {
    const { line, code } = answer;
    const run = await add(index + 1, answer);
    const pause = await engine.pause();
    expect({ line, pause }).toMatchObject({
      line,
      pause: { pausedBy: 'blocked', untilMs: null, error: { code } },
    });
    // Somebody has mended it.
    await mend();
    expect({ line, run: await engine.settle(run.id) }).toMatchObject({
      line,
      run: { jobs: { finished: 1, failed: 0 } },
    });
    expect({ line, bookings: bookingsOf(index + 1) }).toEqual({ line, bookings: ['free', 'exact'] });
  }
}, 120_000);

test('what passes by itself is tried again, and only what was charged is booked', async () => {
  const { engine, add, bookingsOf } = await useOneByOne();
  const lines = [...linesThat('again'), ...linesThat('rests'), ...linesThat('adapted')];
  for (const [index, answer] of lines.entries()) {
    const { line, booking = 'free', end } = answer;
    const rests = engine.watchRests();
    const run = await add(index + 1, answer);
    expect({ line, run }).toMatchObject({
      line,
      run: { state: 'finished', jobs: { finished: 1, failed: 0 } },
    });
    expect({ line, rested: rests.includes('rate-limit') }).toEqual({ line, rested: end === 'rests' });
    expect({ line, bookings: bookingsOf(index + 1) }).toEqual({ line, bookings: [booking, 'exact'] });
  }
}, 120_000);
