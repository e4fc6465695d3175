import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { Engine } from '../../app/engine.ts';
import { renderTimeoutMs } from '../../app/imaging/decoder.ts';
import * as lanes from '../../app/jobs/lanes.ts';
import { usualOptions } from '../helpers/engine.ts';
import { countLibrary } from './inspect-library.ts';
import { startJobClock, type FileTime } from './job-clock.ts';

/** For all jobs of a file together: two minutes for its pictures, and one for the text in them, as their clocks give it. */
export const fileTimeoutMs = renderTimeoutMs + 60_000;

export type Account = {
  readonly failures: readonly string[];
  readonly slowest: FileTime | undefined;
  readonly jobs: Readonly<Record<string, number>>;
};

/**
 * The whole folder through an engine with every lane: first pass, ExifTool, thumbnail, the built-in describer, text. Every
 * file is a photo that is described, or says why not, and none takes longer than it may.
 */
export async function accountForAll(folder: string, photos: string): Promise<Account> {
  const library = join(folder, 'library');
  const engine = new Engine({ libraryFolder: library, credentialOf: () => undefined });
  const clock = startJobClock(library);
  try {
    const connection = await engine.call('connection.save', { kind: 'built-in', concurrency: 2 });
    await engine.call('root.add', { path: photos });
    engine.start();
    await engine.call('root.scan', {});
    await engine.whenIdle([lanes.ingestLane]);
    const { runId } = await engine.call('description.start', {
      connectionId: connection.id,
      budgetMicroUsd: null,
      options: usualOptions,
    });
    if (runId !== null) await engine.whenRunSettles(runId, { isHeld: () => false });
    // Text is looked for in what has been described.
    await engine.whenIdle(Object.values(lanes));

    const { described } = await engine.call('description.count', { connectionId: connection.id });
    const files = await listReport(engine, connection.id);
    const present = readdirSync(photos).length;
    const { liveJobs } = countLibrary(library);
    const times = clock.files();
    return {
      failures: [
        ...(described + files.length === present
          ? []
          : [
              `${String(present)} files, of which ${String(described)} are described and ${String(files.length)} listed`,
            ]),
        ...files
          .filter(({ outcome, error }) => outcome === 'waiting' || error === null)
          .map(({ path }) => `${path} is neither described nor explained`),
        ...(liveJobs === 0 ? [] : [`${String(liveJobs)} jobs have not come to an end`]),
        ...times
          .filter(({ ms }) => ms > fileTimeoutMs)
          .map(
            ({ path, ms, kinds }) => `the jobs of ${JSON.stringify(path)} took ${String(ms)} ms: ${kinds}`,
          ),
      ],
      slowest: times[0],
      jobs: clock.kinds(),
    };
  } finally {
    clock.close();
    await engine.close({ abort: true });
  }
}

type Reported = Awaited<ReturnType<typeof readPage>>['files'][number];

async function listReport(engine: Engine, connectionId: ConnectionId): Promise<Reported[]> {
  const files: Reported[] = [];
  let cursor: Awaited<ReturnType<typeof readPage>>['nextCursor'] = null;
  do {
    const page = await readPage(engine, connectionId, cursor);
    files.push(...page.files);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return files;
}

function readPage(engine: Engine, connectionId: ConnectionId, after: number | null) {
  return engine.call('description.report', {
    connectionId,
    limit: 500,
    ...(after === null ? {} : { after }),
  });
}
