import { z } from 'zod';
import { engineState } from './engine-state.ts';
import { errorInfo } from './models/error-info.ts';

/**
 * The least that a transport must do. What crosses is text: JSON that `client.ts` and `app/host/serve-port.ts` write and
 * read, so that every transport carries the same and none needs to know what it carries.
 */
export interface Port {
  send(text: string): void;
  /** One listener; messages that came before it was set are kept for it. */
  onMessage(listener: (text: string) => void): void;
  /** One listener; called once when nothing can cross any more, also when that was so before it was set. */
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * No message is longer: pages have 500 rows at most, and bytes do not travel in messages. A longer one is a mistake, or
 * somebody who wants our memory.
 */
export const mostMessageCharacters = 4 * 1024 * 1024;

const callId = z.number().int().positive();

/** What a page says to its host. */
export const pageMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: callId, name: z.string(), input: z.unknown() }),
  /** Nobody waits for the answer any more; none is sent. */
  z.object({ type: z.literal('cancel'), id: callId }),
  /** A person asks that a stopped engine is tried again. */
  z.object({ type: z.literal('retry') }),
]);
export type PageMessage = z.infer<typeof pageMessage>;

/** What a host says to a page. */
export const hostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: engineState }),
  z.object({ type: z.literal('part'), id: callId, part: z.unknown() }),
  z.object({ type: z.literal('output'), id: callId, output: z.unknown() }),
  z.object({ type: z.literal('error'), id: callId, error: errorInfo }),
  z.object({ type: z.literal('event'), name: z.string(), data: z.unknown() }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** The value of a message, or `undefined` when it is no JSON. */
export function readMessage(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
