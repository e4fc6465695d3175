import { z } from 'zod';
import { errorInfo } from './models/error-info.ts';

/**
 * How the engine behind a port is. A host tells it when somebody connects and whenever it changes; calls are answered
 * while it is `running` only.
 */
export const engineState = z.discriminatedUnion('kind', [
  /** Its process starts, or the library is being opened. */
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('running') }),
  /** Its process ended without being asked to. The queue is durable: a new one goes on where it was. */
  z.object({ kind: z.literal('restarting'), attempt: z.number().int().positive() }),
  /**
   * It cannot work: the library is in use or damaged, the disk is full, or it ended too often. Tried again at
   * `retryAtMs`, or when a person asks for it.
   */
  z.object({ kind: z.literal('stopped'), error: errorInfo, retryAtMs: z.number().int().nullable() }),
  /** It finishes what was sent, and ends. */
  z.object({ kind: z.literal('closing') }),
]);
export type EngineState = z.infer<typeof engineState>;
