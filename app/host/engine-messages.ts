import { z } from 'zod';
import { engineState } from '../contract/engine-state.ts';

/**
 * What the desktop's main process and its engine process say to each other. The ports of pages go through it as they are,
 * by number.
 */

const portId = z.number().int().positive();

export const toEngine = z.discriminatedUnion('type', [
  /** The first message. */
  z.object({ type: z.literal('start'), libraryFolder: z.string().min(1) }),
  z.object({ type: z.literal('open'), port: portId }),
  z.object({ type: z.literal('text'), port: portId, text: z.string() }),
  z.object({ type: z.literal('close'), port: portId }),
  /** Finish what was sent and end; with `abort`, end without the answers. */
  z.object({ type: z.literal('end'), abort: z.boolean() }),
]);
export type ToEngine = z.infer<typeof toEngine>;

export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: engineState }),
  z.object({ type: z.literal('text'), port: portId, text: z.string() }),
  z.object({ type: z.literal('closed'), port: portId }),
]);
export type FromEngine = z.infer<typeof fromEngine>;
