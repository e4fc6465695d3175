import { z } from 'zod';

/**
 * A run goes as batches: at half the price, within a day (AZURE §7). `rest` = how those photos go on that the service did not
 * come to in its day.
 */
export const batchWish = z.object({ rest: z.enum(['batch', 'live']) });
export type BatchWish = z.infer<typeof batchWish>;

/**
 * Where a batch is: lines are added; all are there; its file is on its way, or at the service; it waits there; it has ended
 * there and its answers are taken in; its files are cleared away.
 */
export const batchState = z.enum([
  'filling',
  'sealed',
  'uploading',
  'uploaded',
  'at-service',
  'ended',
  'cleaning',
  'done',
]);
export type BatchState = z.infer<typeof batchState>;
