/**
 * @file A service that errs in every way that is known of one: each line of the fault table and each oddity of an answer or
 * its way, drawn by lot. Every photo comes to the end that its lots say, and the ledger is the service's own count.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '../../app/contract/errors.ts';
import type { Fault, FaultName } from '../azure-emulator/faults.ts';
import { startEmulator, type Emulator } from '../azure-emulator/server.ts';
import { azureSettings, credentialFor, makePhotos, readLedger, TestEngine } from '../helpers/engine.ts';
import { faultTable, type FaultLine } from '../helpers/fault-table.ts';
import { createRandom } from '../helpers/random.ts';
import { countLibrary, inspectLibrary, readUsage } from './inspect-library.ts';
import type { SoakOptions, SoakReport, SoakSection } from './section.ts';

export const faultsSection: SoakSection = {
  title: 'every fault of the table and of the wire by lot: each photo comes to its end (size: photos, 1 000)',
  run: (options) => runFaults({ ...options, size: options.size ?? 1_000 }),
};

/** Good answers that are odd, and bad days of the wire. A photo that meets one is described in the end. */
const named: readonly FaultName[] = [
  'cut-before-headers',
  'cut-body',
  'empty-body',
  'html-200',
  'truncated',
  'missing-usage',
  'content-filter-error',
  'finish-reason-object',
  'finish-details',
  'fenced-json',
  'text-around-json',
  'trailing-commas',
];

/** What is given up after five tries, and retried by hand, as a person would. */
const givenUp: readonly ErrorCode[] = [
  'provider-unavailable',
  'provider-cut-off',
  'provider-bad-response',
  'answer-truncated',
];

/** This share of the requests meets a fault that passes, and this one a final fault. What blocks comes once in so many. */
const passingShare = 0.25;
const finalShare = 0.05;
const requestsPerBlock = 40;

type Lot = { readonly fault: Fault; readonly line: FaultLine | undefined };

/** Which fault a request meets, by its number; fixed by the seed. */
class Lots {
  readonly #random: () => number;
  readonly #drawn = new Map<number, Lot | undefined>();

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  of(number: number): Lot | undefined {
    for (let next = this.#drawn.size + 1; next <= number; next += 1) this.#drawn.set(next, this.#draw(next));
    return this.#drawn.get(number);
  }

  #draw(number: number): Lot | undefined {
    if (number % requestsPerBlock === 0) return this.#lineOf('blocked');
    const lot = this.#random();
    if (lot < finalShare) return this.#lineOf('final');
    if (lot >= finalShare + passingShare) return undefined;
    const pick = this.#random();
    if (pick < 0.4) {
      const name = named[Math.floor(this.#random() * named.length)];
      return name === undefined ? undefined : { fault: { name }, line: undefined };
    }
    return this.#lineOf(pick < 0.7 ? 'again' : 'rests');
  }

  #lineOf(end: FaultLine['end']): Lot | undefined {
    const lines = faultTable.filter((line) => line.end === end);
    const line = lines[Math.floor(this.#random() * lines.length)];
    return line === undefined ? undefined : { fault: { name: 'quoted', answer: line }, line };
  }
}

export async function runFaults({
  seed,
  size = 100,
  minutes = Infinity,
  say,
}: SoakOptions): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-faults-'));
  const emulator = await startEmulator({ latencyMs: 2, mostEntries: 100 });
  const library = join(folder, 'library');
  const engine = new TestEngine({
    libraryFolder: library,
    credentialOf: credentialFor(emulator),
    retryBaseMs: 3,
  });
  try {
    const photos = join(folder, 'photos');
    await makePhotos(photos, size);
    await engine.connect(azureSettings(emulator));
    await engine.scan(photos);
    const lots = new Lots(seed);
    const played = playLots(emulator, lots);
    const mended = await describeAll({ engine, emulator, minutes, say });
    await engine.close();
    return report({ library, size, emulator, played, mended });
  } finally {
    await engine.close({ abort: true });
    await emulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** From now on each request meets its lot. The lines that were played, as they are. */
function playLots(emulator: Emulator, lots: Lots): readonly FaultLine[] {
  const played: FaultLine[] = [];
  emulator.faults.choose(({ number }) => {
    const lot = lots.of(number);
    if (lot?.line !== undefined) played.push(lot.line);
    return lot?.fault;
  });
  return played;
}

type Work = {
  readonly engine: TestEngine;
  readonly emulator: Emulator;
  readonly minutes: number;
  readonly say: SoakOptions['say'];
};

/** Describes all, and mends what blocks, until nothing is left. How often it had to be mended. */
async function describeAll({ engine, emulator, minutes, say }: Work): Promise<number> {
  const endMs = performance.now() + minutes * 60_000;
  let mended = 0;
  const { id } = await engine.begin();
  for (;;) {
    const { state, jobs } = await engine.settle(id);
    if (state === 'finished') {
      let retried = 0;
      for (const code of givenUp) retried += (await engine.engine.call('queue.retry', { code })).photos;
      if (retried === 0) return mended;
      continue;
    }
    if (performance.now() > endMs) throw new Error('the time is over');
    mended += 1;
    if (mended % 10 === 0) {
      say(`${String(jobs.finished + jobs.failed)} photos, mended ${String(mended)} times`);
    }
    await engine.connect(azureSettings(emulator));
  }
}

type Outcome = {
  readonly library: string;
  readonly size: number;
  readonly emulator: Emulator;
  readonly played: readonly FaultLine[];
  readonly mended: number;
};

function report({ library, size, emulator, played, mended }: Outcome): SoakReport {
  const failures = inspectLibrary(library);
  const expectEqual = (what: string, is: number, shouldBe: number): void => {
    if (is !== shouldBe) failures.push(`${what}: ${String(is)} instead of ${String(shouldBe)}`);
  };
  const counts = countLibrary(library);
  const totals = emulator.totals();
  const ledger = readLedger(library);
  const finals = played.filter(({ end }) => end === 'final');
  expectEqual('photos described', counts.described, size - finals.length);
  expectEqual('jobs failed', counts.failedJobs, finals.length);
  const booked = (booking: string): number => ledger.filter((row) => row.booking === booking).length;
  expectEqual('requests in the ledger', ledger.length, totals.requests);
  expectEqual('requests booked by their usage', booked('exact'), totals.answered);
  expectEqual('requests booked at their estimate', booked('estimate'), totals.chargedWithoutUsage);
  expectEqual('requests that were free', booked('free'), totals.free);
  const usage = readUsage(library);
  expectEqual('input tokens', usage.inputTokens, totals.promptTokens);
  expectEqual('output tokens', usage.outputTokens, totals.completionTokens);
  const lines = new Set(played.map(({ line }) => line));
  return {
    figures: {
      photos: size,
      'photos described / with a final fault': `${String(counts.described)} / ${String(finals.length)}`,
      'requests: answered / at estimate / free': `${String(booked('exact'))} / ${String(booked('estimate'))} / ${String(booked('free'))}`,
      'lines of the table that were played': `${String(lines.size)} of ${String(faultTable.filter(({ end }) => end !== 'adapted').length)}`,
      'times that a person had to mend the connection': mended,
    },
    failures,
  };
}
