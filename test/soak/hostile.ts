/**
 * @file Files of every format, generated, mutated and malicious: the engine's memory and that of its children stay under
 * their bounds, no file takes longer than it may with all its jobs, and every file is accounted for.
 */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { AppError } from '../../app/platform/errors.ts';
import { decoderMemoryBytes, renderTimeoutMs } from '../../app/imaging/decoder.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { ingestFile } from '../../app/library/ingest.ts';
import { createRandom } from '../helpers/random.ts';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { writeOld } from '../helpers/write-old.ts';
import { childMemoryBytes, seesChildren } from './child-memory.ts';
import { accountForAll, fileTimeoutMs } from './hostile-account.ts';
import { makeBombs, mutate } from './hostile-files.ts';
import { makeLarge } from './hostile-large.ts';
import { makeSamples, type HostileFile } from './hostile-samples.ts';
import type { SoakOptions, SoakReport, SoakSection } from './section.ts';

/** What the process that reads, decodes and describes these files may grow to. */
const memoryBoundMb = 1024;
/**
 * What its children may hold together: the decoder its own bound, the reader of text 700 MB, ExifTool and ffmpeg the rest.
 * Pages that two of them share count twice.
 */
const childrenBoundMb = decoderMemoryBytes / 2 ** 20 + 1024;

export const hostileSection: SoakSection = {
  title: 'hostile files of every format: bounded memory and time, each accounted for (size: files, 2 000)',
  run: (options) => runHostile({ ...options, size: options.size ?? 2_000 }, { withReal: true }),
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

/** @param withReal also real photos, where they are at hand: slower, and another proof on each machine */
export async function runHostile(
  { seed, size = 100, minutes, say }: SoakOptions,
  { withReal }: { readonly withReal: boolean },
): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-hostile-'));
  const failures: string[] = [];
  const outcomes = new Map<string, number>();
  let slowest = { name: '', ms: 0 };
  let peakMb = 0;
  let childrenPeakMb = 0;
  let watching: NodeJS.Timeout | undefined;
  let watchingChildren: NodeJS.Timeout | undefined;
  const deadline = minutes === undefined ? Infinity : performance.now() + minutes * 60_000;
  try {
    const photos = join(folder, 'photos');
    await mkdir(photos);
    const random = createRandom(seed);
    const samples = await makeSamples({ withReal });
    const bombs = [...(await makeBombs()), ...(await makeLarge())];
    watching = setInterval(() => {
      peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
    }, 20);
    watchingChildren = setInterval(() => {
      childrenPeakMb = Math.max(childrenPeakMb, childMemoryBytes() / 2 ** 20);
    }, 100);
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
    const readingPeakMb = peakMb;
    const account = await accountForAll(folder, photos);
    failures.push(...account.failures);
    if (peakMb > memoryBoundMb) {
      failures.push(`${String(Math.round(peakMb))} MB of memory, more than ${String(memoryBoundMb)}`);
    }
    if (childrenPeakMb > childrenBoundMb) {
      failures.push(
        `${String(Math.round(childrenPeakMb))} MB of memory in child processes, more than ${String(childrenBoundMb)}`,
      );
    }
    return {
      figures: {
        files: written,
        formats: formatsOf(samples),
        ...Object.fromEntries([...outcomes].toSorted(([, one], [, other]) => other - one)),
        'slowest first pass and picture': `${String(Math.round(slowest.ms))} ms (${shorten(slowest.name)}; limit ${String(renderTimeoutMs)})`,
        'slowest file, all its jobs': `${String(account.slowest?.ms ?? 0)} ms (${shorten(account.slowest?.path ?? '')}: ${account.slowest?.kinds ?? ''}; limit ${String(fileTimeoutMs)})`,
        'jobs by kind': Object.entries(account.jobs)
          .map(([kind, jobs]) => `${kind} ${String(jobs)}`)
          .join(', '),
        'memory at most, one file at a time': `${String(Math.round(readingPeakMb))} MB (bound ${String(memoryBoundMb)})`,
        'memory at most, all lanes': `${String(Math.round(peakMb))} MB (bound ${String(memoryBoundMb)})`,
        'memory of all child processes at most': seesChildren
          ? `${String(Math.round(childrenPeakMb))} MB (bound ${String(childrenBoundMb)})`
          : 'not measured on this system',
      },
      failures,
    };
  } finally {
    clearInterval(watching);
    clearInterval(watchingChildren);
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

/** By the endings of the samples. */
function formatsOf(samples: readonly HostileFile[]): string {
  const endings = new Set(samples.map(({ name }) => extname(name).slice(1).toLowerCase()));
  return `${[...endings].toSorted().join(' ')}${hasFfmpeg ? '' : ' (no videos: there is no ffmpeg)'}`;
}

function shorten(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}
