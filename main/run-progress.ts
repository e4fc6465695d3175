import type { Output } from '../app/contract/procedures.ts';
import { textsIn, type Language } from './texts.ts';

type Run = Pick<Output<'run.list'>[number], 'id' | 'state' | 'jobs' | 'connection'>;

/** How far the runs that go on are, from 0 to 1; -1 takes the bar away. */
export function progressOf(runs: readonly Pick<Run, 'state' | 'jobs'>[]): number {
  let done = 0;
  let all = 0;
  for (const { jobs } of runs.filter(({ state }) => state === 'running')) {
    const over = jobs.finished + jobs.skipped + jobs.failed + jobs.canceled;
    done += over;
    all += over + jobs.ready + jobs.held + jobs.running;
  }
  return all === 0 ? -1 : done / all;
}

/**
 * Runs that came to their end since they were looked at before: seen going on, or with photos described since, as one that a
 * person let go on, or began, for a moment only. A run whose photos moved into another one is over, too, and no news.
 */
export function finishedRuns<Some extends Run>(before: readonly Run[], now: readonly Some[]): Some[] {
  const known = new Map(before.map((run) => [run.id, run]));
  return now.filter(({ id, state, jobs }) => {
    const last = known.get(id);
    if (state !== 'finished' || last?.state === 'finished') return false;
    return last?.state === 'running' || jobs.finished > (last?.jobs.finished ?? 0);
  });
}

export function sentenceFor(
  { jobs, connection }: Pick<Run, 'jobs' | 'connection'>,
  language: Language,
): string {
  return textsIn[language].described(jobs.finished, connection, jobs.failed);
}
