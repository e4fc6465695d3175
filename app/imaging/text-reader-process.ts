import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, PSM } from 'tesseract.js';
import type { ReadWord } from './sure-text.ts';
import type { TextAnswer } from './text-reader.ts';
import { watchMemory } from './watch-memory.ts';

/**
 * A process that recognises text in pictures, one after the other. It works from packages on this disk: nothing is fetched,
 * and nothing is written. Started by `text-reader.ts`.
 */

/** Pictures are 1 600 pixels at most and take 300 MB; what takes twice as much is out of hand. */
watchMemory(700 * 1024 * 1024);

// Without its parent nobody waits for the answer.
process.once('disconnect', () => process.exit());

const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
const worker = createWorker('eng', OEM.LSTM_ONLY, {
  langPath: join(data, '4.0.0_best_int'),
  gzip: true,
  cacheMethod: 'none',
}).then(async (ready) => {
  // Words anywhere in a photo, in no order; and no guessing of a resolution.
  await ready.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, user_defined_dpi: '150' });
  return ready;
});

process.on('message', (picture: Uint8Array) => {
  void answer(picture);
});

async function answer(picture: Uint8Array): Promise<void> {
  let read: TextAnswer;
  try {
    const recognized = await (
      await worker
    ).recognize(Buffer.from(picture), {}, { text: false, blocks: true });
    // `5.5.0-12-gabcdef`: releases are told apart, and builds are not.
    const [release = ''] = recognized.data.version.split('-');
    read = { lines: linesOf(recognized.data.blocks), recognizer: `Tesseract ${release}` };
  } catch (error) {
    read = { reason: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(read);
}

type Blocks = Awaited<ReturnType<Awaited<typeof worker>['recognize']>>['data']['blocks'];

function linesOf(blocks: Blocks): ReadWord[][] {
  return (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .map(({ words }) =>
      words.map(({ text, confidence, bbox: { x0, y0, x1, y1 } }) => ({
        text,
        confidence,
        box: { x0, y0, x1, y1 },
      })),
    );
}
