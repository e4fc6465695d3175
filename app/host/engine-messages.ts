import { z } from 'zod';
import { engineState } from '../contract/engine-state.ts';
import { secretPlace } from '../contract/models.ts';

/**
 * What the desktop's main process and its engine process say to each other. The ports of pages go through it as they are,
 * by number.
 */

const portId = z.number().int().positive();

export const toEngine = z.discriminatedUnion('type', [
  /** The first message. */
  z.object({
    type: z.literal('start'),
    libraryFolder: z.string().min(1),
    /** Where its keys are kept, and those there are: name and secret. They cross here, and no page can hear this. */
    secretPlace,
    secrets: z.array(z.tuple([z.string(), z.string()])),
  }),
  z.object({ type: z.literal('open'), port: portId }),
  z.object({ type: z.literal('text'), port: portId, text: z.string() }),
  z.object({ type: z.literal('close'), port: portId }),
  /** Finish what was sent and end; with `abort`, end without the answers. */
  z.object({ type: z.literal('end'), abort: z.boolean() }),
  /** What became of `keep-secret`. */
  z.object({ type: z.literal('secret-kept'), request: z.number().int(), reason: z.string().nullable() }),
]);
export type ToEngine = z.infer<typeof toEngine>;

export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: engineState }),
  z.object({ type: z.literal('text'), port: portId, text: z.string() }),
  z.object({ type: z.literal('closed'), port: portId }),
  /** Keep it where the system keeps secrets; `null` forgets it. */
  z.object({
    type: z.literal('keep-secret'),
    request: z.number().int(),
    name: z.string(),
    secret: z.string().nullable(),
  }),
]);
export type FromEngine = z.infer<typeof fromEngine>;
