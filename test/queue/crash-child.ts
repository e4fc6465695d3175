/** @file An engine that works through a library's jobs until it is killed: prints a line for each job that has ended. */

import { openForWriting } from '../../app/db/open.ts';
import { systemClock } from '../../app/platform/clock.ts';
import { silentLog } from '../../app/platform/log.ts';
import { Queue } from '../../app/queue/queue.ts';

const [folder, jobs] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: crash-child.ts FOLDER [JOBS]');

const { db } = openForWriting(folder);
db.exec('CREATE TABLE IF NOT EXISTS done (name INTEGER)');

const queue = new Queue({
  db,
  clock: systemClock,
  log: silentLog,
  widthOf: () => 4,
  handlers: {
    work: {
      maxAttempts: 1,
      handle: async ({ payload }) => {
        const { name } = payload as { name: number };
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        return {
          status: 'finished',
          commit: (write) => {
            write.run('INSERT INTO done (name) VALUES (?)', [name]);
          },
        };
      },
    },
  },
});
queue.events.on('job-ended', ({ job }) => {
  console.log(`ended ${String(job.id)}`);
  if (queue.isIdle('lane')) console.log('idle');
});

if (jobs !== undefined) {
  // All of them or none: a kill here must not leave half of what was asked for.
  db.transact(() =>
    queue.enqueue(
      db,
      Array.from({ length: Number(jobs) }, (_, name) => ({
        kind: 'work',
        lane: 'lane',
        payload: { name },
        dedupeKey: String(name),
      })),
    ),
  );
  console.log('enqueued');
}
queue.start();
if (queue.isIdle('lane')) console.log('idle');
