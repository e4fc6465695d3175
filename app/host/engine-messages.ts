import { z } from 'zod';
import { engineState } from '../contract/engine-state.ts';
import { secretPlace } from '../contract/models/connection.ts';

/**
 * What the desktop's main process and its engine process say to each other. The ports of pages go through it as they are,
 * by number.
 */

const portId = z.number().int().positive();
const requestId = z.number().int();

/** Which frame the engine wants of a video that only the desktop can decode. */
export const frameWish = z.object({
  path: z.string().min(1),
  atMs: z.number().nonnegative(),
  /** Both sides fit into so many pixels. */
  boxPx: z.number().int().positive().max(16_384),
  seek: z.enum(['key-frame', 'exact']),
});
export type FrameWish = z.infer<typeof frameWish>;

/** What became of it. */
export const frameOutcome = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('taken'),
    timeMs: z.number().nonnegative(),
    /** A JPEG, in base64. */
    jpeg: z.string(),
  }),
  /** It has no frame there. */
  z.object({ status: z.literal('none') }),
  /** Nobody here decodes it. */
  z.object({ status: z.literal('no-decoder'), codec: z.string().nullable() }),
  z.object({ status: z.literal('unreadable'), reason: z.string() }),
  z.object({ status: z.literal('late'), limitMs: z.number() }),
  z.object({ status: z.literal('crashed'), end: z.string() }),
  z.object({ status: z.literal('canceled') }),
]);
export type FrameOutcome = z.infer<typeof frameOutcome>;

export const toEngine = z.discriminatedUnion('type', [
  /** The first message. */
  z.object({
    type: z.literal('start'),
    libraryFolder: z.string().min(1),
    /** Where its keys are kept, and those there are: name and secret. They cross here, and no page can hear this. */
    secretPlace,
    secrets: z.array(z.tuple([z.string(), z.string()])),
    /** Whether `take-frame` is answered. */
    hasDecoder: z.boolean(),
  }),
  z.object({ type: z.literal('open'), port: portId }),
  z.object({ type: z.literal('text'), port: portId, text: z.string() }),
  z.object({ type: z.literal('close'), port: portId }),
  /** Finish what was sent and end; with `abort`, end without the answers. */
  z.object({ type: z.literal('end'), abort: z.boolean() }),
  /** What became of `keep-secret`. */
  z.object({ type: z.literal('secret-kept'), request: requestId, reason: z.string().nullable() }),
  /** What became of `take-frame`. */
  z.object({ type: z.literal('frame-taken'), request: requestId, outcome: frameOutcome }),
]);
export type ToEngine = z.infer<typeof toEngine>;

export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: engineState }),
  z.object({ type: z.literal('text'), port: portId, text: z.string() }),
  z.object({ type: z.literal('closed'), port: portId }),
  /** Keep it where the system keeps secrets; `null` forgets it. */
  z.object({
    type: z.literal('keep-secret'),
    request: requestId,
    name: z.string(),
    secret: z.string().nullable(),
  }),
  z.object({ type: z.literal('take-frame'), request: requestId, wish: frameWish }),
  /** Nobody waits for it any more. */
  z.object({ type: z.literal('drop-frame'), request: requestId }),
]);
export type FromEngine = z.infer<typeof fromEngine>;
