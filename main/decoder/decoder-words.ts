import { z } from 'zod';

/**
 * What the decoder page and the main process say to each other, by addresses of the page's own scheme alone: the page has no
 * preload script and no channel.
 *
 * - `GET wish` waits for the next `PageWish`.
 * - `GET file/NAME` with a range: bytes of the file that is being worked on, by a name that says nothing.
 * - `POST answer?…` an `PageAnswer`; the frame itself, a JPEG, is the body.
 */
export type PageWish = {
  /** Counts up; answers to an earlier one are not heard. */
  readonly number: number;
  /** Of the file: the same while it is the same file. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly atMs: number;
  readonly boxPx: number;
  readonly seek: 'key-frame' | 'exact';
};

const number = z.coerce.number().int().positive();

export const pageAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('taken'), number, timeMs: z.coerce.number().nonnegative() }),
  z.object({ status: z.literal('none'), number }),
  z.object({ status: z.literal('no-decoder'), number, codec: z.string().max(40) }),
  z.object({ status: z.literal('unreadable'), number, reason: z.string().max(200) }),
]);
export type PageAnswer = z.infer<typeof pageAnswer>;
