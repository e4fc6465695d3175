import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseDetail } from '../../app/captioning/auto-detail.ts';
import { inspectImage } from '../../app/imaging/header.ts';
import { countImageTokens, fitInBox, planImageSize } from '../../app/imaging/image-size.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import type { TextMeasure } from '../../app/imaging/text-amount.ts';
import { findSizeRule } from '../../app/imaging/size-rules.ts';
import { drawSamplePhotos } from '../../app/imaging/sample-photos.ts';
import { startEmulator } from '../azure-emulator/server.ts';
import { spawnScript } from '../helpers/child.ts';
import { photoOf } from '../helpers/engine.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { drawTextPhotos } from '../helpers/text-photos.ts';
import { writeOld } from '../helpers/write-old.ts';
import type { Described, DescribeEngine } from './describe-engine.ts';

export type DescribeRow = {
  readonly name: string;
  readonly ours: number;
  readonly limit: number;
  readonly ratio: number;
  readonly goal: number;
  readonly better: 'higher' | 'lower';
};

/** Of every answer; as a service's is for a short caption. */
const latencyMs = 2_000;
/** So many times as many photos as requests at once: what begins and ends a run weighs little. */
const waves = 12;
const rates = [
  { inFlight: 32, goal: 0.95 },
  { inFlight: 64, goal: 0.9 },
] as const;
/** Read meanwhile, in turn. */
const largePhotos = 12;
const mostEngineBytes = 400e6;

/**
 * How many photos are described in a second while others are read, by a connection that has answered before, beside what a
 * service of that latency lets through at best; what the engine holds meanwhile; and the tokens of pictures. SPEED §1, §5 and §7.
 */
export async function benchDescribe(): Promise<DescribeRow[]> {
  const rows: DescribeRow[] = [];
  let mostBytes = 0;
  for (const { inFlight, goal } of rates) {
    const { photos, ms, residentBytes } = await describeWith(inFlight);
    mostBytes = Math.max(mostBytes, residentBytes);
    const [ours, limit] = [photos / (ms / 1_000), inFlight / (latencyMs / 1_000)];
    const name = `photos described a second, ${String(inFlight)} at once, while others are read`;
    rows.push({ name, ours, limit, ratio: ours / limit, goal, better: 'higher' });
  }
  rows.push({
    name: 'memory of the engine while it reads and describes, MB',
    ours: mostBytes / 1e6,
    limit: mostEngineBytes / 1e6,
    ratio: mostBytes / mostEngineBytes,
    goal: 1,
    better: 'lower',
  });
  return [...rows, ...(await benchTokens())];
}

async function describeWith(inFlight: number): Promise<Described> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-describe-'));
  const emulator = await startEmulator({ latencyMs, mostEntries: 100 });
  const first = join(folder, 'first');
  const [described, ingested] = [join(folder, 'described'), join(folder, 'ingested')];
  try {
    await writeOld(join(first, '0.jpg'), await photoOf(0, 320, 240, { keep: false }));
    for (let seed = 1; seed <= inFlight * waves; seed += 1) {
      await writeOld(join(described, `${String(seed)}.jpg`), await photoOf(seed, 320, 240, { keep: false }));
    }
    const large = await encodePhoto({ widthPx: 6000, heightPx: 4000, seed: 1 });
    for (let index = 0; index < largePhotos; index += 1) {
      // Something behind the picture, so that each is another file.
      const own = Buffer.concat([large, Buffer.from(String(index))]);
      await writeOld(join(ingested, `${String(index)}.jpg`), own);
    }
    const script: DescribeEngine = {
      library: join(folder, 'library'),
      emulator: { endpoint: emulator.endpoint, key: emulator.key },
      concurrency: inFlight,
      first,
      described,
      ingested,
    };
    const engine = spawnScript(join(import.meta.dirname, 'describe-engine.ts'), [JSON.stringify(script)]);
    const answer = await engine.lines.next();
    await engine.gone;
    if (answer.done === true) throw new Error('the engine ended before it answered');
    return JSON.parse(answer.value) as Described; // why: our own script's word
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One model of each family of size rules, beside “1024 for all, high”, over the sample photos and a dozen with text. */
async function benchTokens(): Promise<DescribeRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-tokens-'));
  try {
    const texts = await drawTextPhotos();
    const textPaths = texts.map((_, index) => join(folder, `text-${String(index)}.jpg`));
    for (const [index, path] of textPaths.entries()) {
      await writeFile(path, texts[index]?.bytes ?? '');
    }
    const paths = [...(await drawSamplePhotos(join(folder, 'samples'))), ...textPaths];
    const photos: { size: { widthPx: number; heightPx: number }; text: TextMeasure }[] = [];
    for (const path of paths) {
      const { text } = await renderPhoto(path, { thumbnail: { boxPx: 512 }, text: true });
      photos.push({ size: await inspectImage(path), text });
    }
    return ['gpt-4.1', 'gpt-4o-mini', 'gpt-5', 'gpt-4.1-mini', 'gpt-5-mini', 'gpt-5.5'].map((model) => {
      const rule = findSizeRule(model);
      const auto = photos.reduce((sum, { size, text }) => {
        const { detail, boxPx } = chooseDetail('auto', text);
        return sum + planImageSize(fitInBox(size, boxPx), rule, detail).imageTokens;
      }, 0);
      const others = photos.reduce(
        (sum, { size }) => sum + countImageTokens(fitInBox(size, 1024), rule, 'high'),
        0,
      );
      const name = `image tokens of ${model}, ${String(texts.length)} of ${String(photos.length)} photos with text`;
      return { name, ours: auto, limit: others, ratio: auto / others, goal: 0.6, better: 'lower' };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
