/**
 * @file Files of every format, generated, mutated and malicious: the engine's memory stays under a bound, no file takes
 * longer than it may, and every file is accounted for.
 */

import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../app/platform/errors.ts';
import { Engine } from '../../app/engine.ts';
import { renderTimeoutMs } from '../../app/imaging/decoder.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { ingestFile } from '../../app/library/ingest.ts';
import { createRandom } from '../helpers/random.ts';
import { usualOptions, writeOld } from '../helpers/engine.ts';
import { makeBombs, makeSamples, mutate, type HostileFile } from './hostile-files.ts';
import type { SoakOptions, SoakReport, SoakSection } from './section.ts';

/** What the process that reads, decodes and describes these files may grow to; the decoder process has its own bound. */
const memoryBoundMb = 1024;

export const hostileSection: SoakSection = {
  title: 'hostile files of every format: bounded memory and time, each accounted for (size: files, 2 000)',
  run: (options) => runHostile({ ...options, size: options.size ?? 2_000 }),
};

/** Outcomes that say something about the file. What is not among them is a bug of ours. */
const fileOutcomes = new Set([
  'rendered',
  'file-empty',
  'file-damaged',
  'not-an-image',
  'sidecar',
  'unsupported-format',
  'no-preview',
  'image-too-large',
  'decoder-crashed',
]);

export async function runHostile({ seed, size = 100, minutes, say }: SoakOptions): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-hostile-'));
  const failures: string[] = [];
  const outcomes = new Map<string, number>();
  let slowest = { name: '', ms: 0 };
  let peakMb = 0;
  let watching: NodeJS.Timeout | undefined;
  const deadline = minutes === undefined ? Infinity : performance.now() + minutes * 60_000;
  try {
    const photos = join(folder, 'photos');
    await mkdir(photos);
    const random = createRandom(seed);
    const samples = await makeSamples();
    const bombs = await makeBombs();
    watching = setInterval(() => {
      peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
    }, 20);
    let written = 0;
    for (let index = 0; index < size && performance.now() < deadline; index++) {
      const file: HostileFile = bombs[index] ?? mutate(samples, index, random);
      const path = join(photos, file.name);
      await writeOld(path, file.bytes);
      written++;
      const started = performance.now();
      const outcome = await outcomeOf(path);
      const ms = performance.now() - started;
      if (ms > slowest.ms) slowest = { name: file.name, ms };
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (!fileOutcomes.has(outcome)) {
        failures.push(`${JSON.stringify(file.name)} (${String(index)}): ${outcome}`);
      }
      if (ms > renderTimeoutMs) failures.push(`${file.name} took ${String(Math.round(ms))} ms`);
      if (index % 250 === 249) say(`${String(index + 1)} files, ${String(Math.round(peakMb))} MB at most`);
    }
    failures.push(...(await accountForAll(folder, photos)));
    if (peakMb > memoryBoundMb) {
      failures.push(`${String(Math.round(peakMb))} MB of memory, more than ${String(memoryBoundMb)}`);
    }
    return {
      figures: {
        files: written,
        ...Object.fromEntries([...outcomes].toSorted(([, one], [, other]) => other - one)),
        'slowest file': `${String(Math.round(slowest.ms))} ms (${JSON.stringify(slowest.name.slice(0, 40))})`,
        'memory at most': `${String(Math.round(peakMb))} MB (bound ${String(memoryBoundMb)})`,
      },
      failures,
    };
  } finally {
    clearInterval(watching);
    await rm(folder, { recursive: true, force: true });
  }
}

async function outcomeOf(path: string): Promise<string> {
  try {
    const read = await ingestFile({ path });
    if (read.status !== 'ingested') return read.error.code;
    await renderPhoto(path, { thumbnail: { boxPx: 512 }, perceptualHash: true, colors: true });
    return 'rendered';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

/** The whole folder through an engine: every file is a photo that is described, or says why not. */
async function accountForAll(folder: string, photos: string): Promise<string[]> {
  const engine = new Engine({ libraryFolder: join(folder, 'library'), credentialOf: () => undefined });
  try {
    const connection = await engine.call('connection.save', { kind: 'built-in', concurrency: 2 });
    await engine.call('root.add', { path: photos });
    engine.start((lane) => lane === 'ingest' || lane.startsWith('connection:'));
    await engine.call('root.scan', {});
    await engine.whenIdle(['ingest']);
    const { runId } = await engine.call('description.start', {
      connectionId: connection.id,
      budgetMicroUsd: null,
      options: usualOptions,
    });
    if (runId !== null) await engine.whenRunSettles(runId, { isHeld: () => false });
    const { described } = await engine.call('description.count', { connectionId: connection.id });
    const report = await engine.call('description.report', { connectionId: connection.id, limit: 500 });
    let listed = report.files.length;
    let unexplained = report.files.filter(({ outcome, error }) => outcome === 'waiting' || error === null);
    for (let cursor = report.nextCursor; cursor !== null;) {
      const more = await engine.call('description.report', {
        connectionId: connection.id,
        limit: 500,
        after: cursor,
      });
      listed += more.files.length;
      unexplained = [
        ...unexplained,
        ...more.files.filter(({ outcome, error }) => outcome === 'waiting' || error === null),
      ];
      cursor = more.nextCursor;
    }
    const present = readdirSync(photos).length;
    return [
      ...(described + listed === present
        ? []
        : [
            `${String(present)} files, of which ${String(described)} are described and ${String(listed)} listed`,
          ]),
      ...unexplained.map(({ path }) => `${path} is neither described nor explained`),
    ];
  } finally {
    await engine.close({ abort: true });
  }
}
