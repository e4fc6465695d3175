import { availableParallelism } from 'node:os';
import { largePixels, mostHeldBytes } from './decoder.ts';
import { decodingOf, type FileFormat } from './formats.ts';
import { identify, inspectAs } from './header.ts';
import { DecoderProcess, renderIsolated } from './isolated-render.ts';
import { renderHere } from './render-here.ts';
import type { PictureInput, Rendered, RenderWish } from './renditions.ts';
import { Slots } from './slots.ts';

/** Bytes in, bytes out, and where the work is done. */

/** Node's own default is 4. */
const threadPoolSize = Number.parseInt(process.env['UV_THREADPOOL_SIZE'] ?? '', 10) || 4;

/**
 * How many pictures are decoded at once; more only take memory. One thread of Node's pool stays free, so that files
 * can be read meanwhile. A program that wants more than three sets `UV_THREADPOOL_SIZE` before anything else.
 */
export const renderParallelism = Math.max(1, Math.min(availableParallelism(), threadPoolSize - 1));

const slots = new Slots(renderParallelism);

/** Decoders that need seconds and hundreds of megabytes: one file at a time, in a process that stays. */
const heavySlots = new Slots(1);
const heavyDecoder = new DecoderProcess();

/**
 * Renders what is wished for, in sRGB, upright, without metadata, never enlarged; of animations the first frame. Any
 * number of calls may be made at once: `renderParallelism` of them work, the others wait. Throws what `inspectImage`
 * throws, `decoder-timeout`, and `canceled` when `signal` aborts before the decoder starts.
 *
 * HEIC, JPEG XL, PSD and what takes much memory is decoded in another process, at most one at a time; it throws
 * `decoder-crashed` when that process dies. `isolated` does the same for all others, in a process of their own, for
 * files that were being decoded when an engine died (DESIGN §2). `isUrgent`: somebody looks at the place where it will be.
 */
export async function renderPhoto<const Wish extends RenderWish>(
  input: PictureInput,
  wish: Wish,
  options: { readonly signal?: AbortSignal; readonly isolated?: boolean; readonly isUrgent?: boolean } = {},
): Promise<Rendered<Wish>> {
  const { signal, isolated = false, isUrgent = false } = options;
  const isolation = signal === undefined ? {} : { signal };
  const format = await identify(input);
  const isHeavy = decodingOf(format) === 'heavy';
  const rendered = await (isHeavy ? heavySlots : slots).run(
    () => {
      if (isolated) return renderIsolated(input, wish, isolation);
      return isHeavy
        ? heavyDecoder.render(input, wish, isolation)
        : renderNative(input, format, wish, isolation);
    },
    signal,
    { isUrgent },
  );
  return rendered as Rendered<Wish>; // why: render makes exactly the wished kinds, which it cannot prove kind by kind
}

async function renderNative(
  input: PictureInput,
  format: FileFormat,
  wish: RenderWish,
  options: { readonly signal?: AbortSignal },
): Promise<Rendered<RenderWish>> {
  const facts = await inspectAs(input, format);
  const isLarge = facts.widthPx * facts.heightPx > largePixels || facts.heldBytes > mostHeldBytes;
  if (!isLarge) return renderHere(input, wish, facts);
  return heavySlots.run(() => heavyDecoder.render(input, wish, options), options.signal);
}
