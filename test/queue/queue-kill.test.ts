import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openForWriting } from '../../app/db/open.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { startChild } from '../helpers/child.ts';

const script = join(import.meta.dirname, 'crash-child.ts');

/** Kills the engine as soon as it has printed so many lines; `true` when it got to the end before. */
async function runUntil(folder: string, lines: number, jobs?: number): Promise<boolean> {
  const engine = startChild(script, jobs === undefined ? [folder] : [folder, String(jobs)]);
  let printed = 0;
  for await (const line of engine.lines) {
    printed += 1;
    if (line === 'idle' || printed === lines) {
      await engine.kill();
      return line === 'idle';
    }
  }
  throw new Error('the engine ended by itself');
}

it('finishes every job exactly once, however often the engine is killed', async () => {
  const folder = useTemporaryFolder();
  const jobs = 120;
  let isDone = await runUntil(folder, 1, jobs);
  for (const lines of [1, 2, 7, 23, 1, 40]) isDone ||= await runUntil(folder, lines);
  while (!isDone) isDone = await runUntil(folder, Number.POSITIVE_INFINITY);

  const { db, close } = openForWriting(folder);
  try {
    expect(db.pluck('SELECT name FROM done ORDER BY name')).toEqual(
      Array.from({ length: jobs }, (_, name) => name),
    );
    // None was given up because its engine died: it has one attempt.
    expect(db.all('SELECT * FROM job')).toEqual([]);
  } finally {
    close();
  }
});
