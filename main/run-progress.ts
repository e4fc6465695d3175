import type { Output } from '../app/contract/procedures.ts';

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

/** Runs that went on before and are over by themselves now. */
export function finishedRuns<Some extends Run>(before: readonly Run[], now: readonly Some[]): Some[] {
  const wentOn = new Set(before.filter(({ state }) => state === 'running').map(({ id }) => id));
  return now.filter(({ id, state }) => state === 'finished' && wentOn.has(id));
}

export function sentenceFor({ jobs, connection }: Pick<Run, 'jobs' | 'connection'>): string {
  const described = `${jobs.finished.toLocaleString('en')} ${jobs.finished === 1 ? 'photo' : 'photos'} described with ${connection}.`;
  return jobs.failed === 0 ? described : `${described} ${jobs.failed.toLocaleString('en')} failed.`;
}
