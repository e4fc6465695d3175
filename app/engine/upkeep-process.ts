/**
 * @file Reads a whole library, to check it or to copy it: seconds of work that no engine's loop has to wait for. One order,
 * then it ends; so it does when its parent goes or takes the order back, which both close the channel.
 */

import { toAppError } from '../platform/errors.ts';
import { backUp } from './backup.ts';
import { findDamage } from './find-damage.ts';
import type { UpkeepAnswer, UpkeepOrder } from './run-upkeep.ts';

const stopping = new AbortController();
process.once('disconnect', () => {
  stopping.abort();
});

function tell(answer: UpkeepAnswer): void {
  if (process.connected) process.send?.(answer);
}

async function work(order: UpkeepOrder): Promise<{ damage?: string }> {
  if (order.kind === 'check') {
    const damage = await findDamage(order.libraryFolder, stopping.signal);
    return damage === undefined ? {} : { damage };
  }
  await backUp(order.libraryFolder, order.path, {
    force: order.force,
    signal: stopping.signal,
    onProgress: (done) => {
      tell({ progress: done });
    },
  });
  return {};
}

async function obey(order: UpkeepOrder): Promise<void> {
  try {
    tell({ done: await work(order) });
  } catch (error) {
    tell({ error: toAppError(error).toInfo() });
  }
  if (process.connected) process.disconnect();
}

process.once('message', (order: UpkeepOrder) => {
  void obey(order);
});
