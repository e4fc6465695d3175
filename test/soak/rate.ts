/**
 * @file Very many photos in bad weather, with nobody there: each is described or was given up after all its tries, memory
 * stays where it is, and the rate stays near that of a loop that does the least possible. Engine and loop take turns, folder by folder, with the same service.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '../../app/contract/errors.ts';
import { startEmulator, type Emulator } from '../azure-emulator/server.ts';
import type { Totals } from '../azure-emulator/journal.ts';
import { spawnScript, type Child } from '../helpers/child.ts';
import { photoOf, readLedger, writeOld } from '../helpers/engine.ts';
import type { ControlLoop, FolderSent } from './control-loop.ts';
import { countLibrary, inspectLibrary, listGivenUp, readUsage, type GivenUp } from './inspect-library.ts';
import type { SoakOptions, SoakReport, SoakSection } from './section.ts';
import type { FolderDone, SoakingEngine } from './soaking-engine.ts';

export type RatePlan = {
  readonly photos: number;
  readonly photosPerFolder: number;
  readonly concurrency: number;
  readonly latencyMs: number;
};

/** Tries of a photo before the queue gives it up, and what may have come of each. */
const mostTries = 5;
const passing: ReadonlySet<string> = new Set<ErrorCode>([
  'provider-unavailable',
  'provider-timeout',
  'provider-cut-off',
  'provider-bad-response',
]);
/** Of this weather: two cut answers in a row meet one photo in 40 000, and five faults in a row one in many more. */
const mostGivenUp = 0.001;

/** The loop sends this share of a folder's photos: enough for a rate. */
const controlShare = 0.25;
const goal = 0.9;
/** What memory may grow by from the third quarter of the photos to the fourth. */
const mostGrowth = 0.08;

export const rateSection: SoakSection = {
  title: 'very many photos in bad weather, unattended, beside a loop that only sends (size: photos, 30 000)',
  run: (options) =>
    runRate(options, {
      photos: options.size ?? 30_000,
      photosPerFolder: Math.min(1_500, Math.ceil((options.size ?? 30_000) / 8)),
      // Thirty-two answers a second: more than a deployment's usual limits allow for pictures.
      concurrency: 8,
      latencyMs: 250,
    }),
};

export async function runRate(options: SoakOptions, plan: RatePlan): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-rate-'));
  const emulator = await startEmulator({ latencyMs: plan.latencyMs, mostEntries: 100 });
  const { endpoint, key } = emulator;
  emulator.faults.random({
    seed: options.seed,
    rates: {
      'rate-limited-ms': 0.01,
      'server-error': 0.01,
      unavailable: 0.005,
      timeout: 0.005,
      'cut-before-headers': 0.005,
      'cut-body': 0.005,
      'missing-usage': 0.005,
      truncated: 0.005,
    },
    options: { retryAfterMs: 20 },
  });
  const library = join(folder, 'library');
  const script: SoakingEngine = { library, emulator: { endpoint, key }, concurrency: plan.concurrency };
  const control: ControlLoop = { endpoint, key, concurrency: plan.concurrency };
  const engine = spawnScript(join(import.meta.dirname, 'soaking-engine.ts'), [JSON.stringify(script)]);
  const loop = spawnScript(join(import.meta.dirname, 'control-loop.ts'), [JSON.stringify(control)]);
  try {
    const turns = await takeTurns({ folder, emulator, engine, loop }, options, plan);
    engine.process.stdin?.end();
    await engine.gone;
    return report(library, turns);
  } finally {
    await Promise.all([engine.kill(), loop.kill()]);
    await emulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Stage = {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly engine: Child;
  readonly loop: Child;
};

type Turn = {
  readonly photos: number;
  readonly ratio: number;
  readonly enginePerSecond: number;
  readonly cpuMsPerPhoto: number;
  /** Of the service, which has the same cores. */
  readonly serviceCpuMsPerPhoto: number;
  /** Of the machine at the turn's end: with more than its cores, engine and loop have what the others leave. */
  readonly load: number;
  readonly residentBytes: number;
  /** What the service counted in the engine's turn. */
  readonly served: Totals;
};

async function takeTurns(
  { folder, emulator, engine, loop }: Stage,
  { minutes = Infinity, say }: SoakOptions,
  { photos, photosPerFolder }: RatePlan,
): Promise<Turn[]> {
  const endMs = performance.now() + minutes * 60_000;
  const turns: Turn[] = [];
  for (let first = 1; first <= photos && performance.now() < endMs; first += photosPerFolder) {
    const count = Math.min(photosPerFolder, photos - first + 1);
    const own = join(folder, 'photos', String(turns.length));
    const rendered = join(folder, 'rendered', String(turns.length));
    await drawPhotos(own, first, count);
    await drawPhotos(rendered, first + photos, Math.max(1, Math.round(count * controlShare)));

    const sent = await tell<FolderSent>(loop, rendered);
    const before = emulator.totals();
    const cpuBefore = process.cpuUsage();
    const done = await tell<FolderDone>(engine, own);
    const { user, system } = process.cpuUsage(cpuBefore);
    const enginePerSecond = done.photos / (done.describeMs / 1000);
    turns.push({
      photos: count,
      ratio: enginePerSecond / (sent.pictures / (sent.sendMs / 1000)),
      enginePerSecond,
      cpuMsPerPhoto: done.cpuMs / done.photos,
      serviceCpuMsPerPhoto: (user + system) / 1000 / done.photos,
      load: loadavg()[0] ?? NaN,
      residentBytes: done.residentBytes,
      served: difference(emulator.totals(), before),
    });
    await rm(rendered, { recursive: true });
    say(
      `${String(first + count - 1)} photos, ${enginePerSecond.toFixed(1)} photos/s, ${(turns.at(-1)?.ratio ?? 0).toFixed(2)} of the loop, ${(done.cpuMs / done.photos).toFixed(0)} ms CPU a photo, ${megabytes(done.residentBytes)}, load ${(turns.at(-1)?.load ?? NaN).toFixed(1)}`,
    );
  }
  return turns;
}

/** Small photos that differ; not kept in memory. */
async function drawPhotos(folder: string, first: number, count: number): Promise<void> {
  for (let seed = first; seed < first + count; seed += 1) {
    await writeOld(join(folder, `photo-${String(seed)}.jpg`), await photoOf(seed, 320, 240, { keep: false }));
  }
}

async function tell<Answer>(child: Child, line: string): Promise<Answer> {
  child.process.stdin?.write(`${line}\n`);
  const answer = await child.lines.next();
  if (answer.done === true) throw new Error('the process ended before it answered');
  return JSON.parse(answer.value) as Answer; // why: our own script's word
}

function difference(after: Totals, before: Totals): Totals {
  const entries = Object.entries(after).map(([name, value]) => [name, value - before[name as keyof Totals]]);
  return Object.fromEntries(entries) as Totals; // why: the same names
}

function report(library: string, turns: readonly Turn[]): SoakReport {
  const failures = inspectLibrary(library);
  const expectEqual = (what: string, is: number, shouldBe: number): void => {
    if (is !== shouldBe) failures.push(`${what}: ${String(is)} instead of ${String(shouldBe)}`);
  };
  const sum = (of: (turn: Turn) => number): number => turns.reduce((total, turn) => total + of(turn), 0);
  const photos = sum((turn) => turn.photos);
  const counts = countLibrary(library);
  const givenUp = listGivenUp(library);
  expectEqual('photos described or given up', counts.described + givenUp.length, photos);
  failures.push(...givenUp.filter((job) => !isRightlyGivenUp(job)).map(describeGivenUp));
  if (givenUp.length > Math.ceil(photos * mostGivenUp)) {
    failures.push(`${String(givenUp.length)} photos were given up, more than ${percent(mostGivenUp)}`);
  }
  expectEqual('thumbnails', counts.thumbnails, photos);
  expectEqual('jobs left', counts.liveJobs, 0);

  const ledger = readLedger(library);
  const booked = (booking: string): number => ledger.filter((row) => row.booking === booking).length;
  const usage = readUsage(library);
  expectEqual(
    'requests in the ledger',
    ledger.length,
    sum(({ served }) => served.requests),
  );
  expectEqual(
    'requests booked by their usage',
    booked('exact'),
    sum(({ served }) => served.answered),
  );
  expectEqual(
    'requests booked at their estimate',
    booked('estimate'),
    sum(({ served }) => served.chargedWithoutUsage),
  );
  expectEqual(
    'requests that were free',
    booked('free'),
    sum(({ served }) => served.free),
  );
  expectEqual(
    'input tokens',
    usage.inputTokens,
    sum(({ served }) => served.promptTokens),
  );
  expectEqual(
    'output tokens',
    usage.outputTokens,
    sum(({ served }) => served.completionTokens),
  );

  const ratio = median(turns.map((turn) => turn.ratio));
  if (ratio < goal) failures.push(`the rate is ${ratio.toFixed(2)} of the loop's, not ${String(goal)}`);
  const third = turns.slice(Math.floor(turns.length / 2), Math.floor((turns.length * 3) / 4));
  const fourth = turns.slice(Math.floor((turns.length * 3) / 4));
  const growth = median(fourth.map(resident)) / median(third.map(resident)) - 1;
  // Too few turns say nothing of memory.
  const isLong = turns.length >= 8;
  if (isLong && growth > mostGrowth) failures.push(`memory grew by ${percent(growth)} near the end`);
  return {
    figures: {
      photos,
      'photos given up after all their tries, retried by nobody':
        givenUp.length === 0 ? 0 : `${String(givenUp.length)} (${givenUp.map(describeGivenUp).join('; ')})`,
      'photos per second (median of turns)': median(turns.map((turn) => turn.enginePerSecond)).toFixed(1),
      'CPU time per photo (median of turns)': `${median(turns.map((turn) => turn.cpuMsPerPhoto)).toFixed(0)} ms`,
      'CPU time of the service per photo': `${median(turns.map((turn) => turn.serviceCpuMsPerPhoto)).toFixed(0)} ms`,
      'load of the machine (median of turns)': median(turns.map((turn) => turn.load)).toFixed(1),
      'rate beside the loop (median of turns, goal 0.9)': ratio.toFixed(2),
      'memory at first / at last': `${megabytes(turns.at(0)?.residentBytes)} / ${megabytes(turns.at(-1)?.residentBytes)}`,
      'memory, fourth quarter beside third': isLong ? percent(growth) : 'too few turns',
      'requests: answered / at estimate / free': `${String(booked('exact'))} / ${String(booked('estimate'))} / ${String(booked('free'))}`,
    },
    failures,
  };
}

/** The queue's own end of bad luck: a passing fault five times, or an answer cut off also where it could be twice as long. */
function isRightlyGivenUp({ kind, code, requests }: GivenUp): boolean {
  if (kind !== 'caption-asset') return false;
  return code === 'answer-truncated' ? requests >= 2 : passing.has(code) && requests >= mostTries;
}

function describeGivenUp({ path, kind, code, requests }: GivenUp): string {
  return `${path}: ${kind} ended with ${code} after ${String(requests)} requests`;
}

const resident = ({ residentBytes }: Turn): number => residentBytes;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const megabytes = (bytes: number | undefined): string => `${String(Math.round((bytes ?? 0) / 1e6))} MB`;
