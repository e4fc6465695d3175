import type { runProcedures } from '../../../contract/procedures/run.ts';
import type { HandlersOf, ReadProcedureName, Output } from '../../../contract/procedures.ts';
import type { ReadDb } from '../../../captioning/description-store.ts';
import { countByConnection, countStatements } from '../../../captioning/history-store.ts';
import { getRun, listRuns } from '../../../captioning/run-store.ts';
import type { Run } from '../../../contract/models/run.ts';
import { listFailures } from '../../../queue/failed-job-store.ts';
import { countJobs } from '../../../queue/run-job-store.ts';
import { getConnection } from '../../../settings/connection-store.ts';
import { usageTotals } from '../../../usage/usage-store.ts';
import { listOpenBatches } from '../../../usage/batch-store.ts';
import { batchView } from '../../batch-view.ts';
import type { LiveWork } from '../../live-work.ts';
import type { ReadContext } from '../context.ts';

export function runReads({ read, work }: ReadContext): HandlersOf<typeof runProcedures, ReadProcedureName> {
  return {
    'run.list': ({ limit }) =>
      listRuns(read, limit === undefined ? {} : { limit }).map((run) => progressOf(read, run, work)),
    'run.get': ({ id }) => progressOf(read, getRun(read, id), work),
  };
}

/** A run with its numbers. */
function progressOf(read: ReadDb, run: Run, work: LiveWork | undefined): Output<'run.get'> {
  const { requests, inputTokens, outputTokens, transactions, costMicroUsd, unpriced } = usageTotals(read, {
    runId: run.id,
  });
  const jobs = countJobs(read, { runId: run.id });
  const failures = listFailures(read, run.id).map(({ error, photos }) => ({ error, photos }));
  return {
    ...run,
    connection: getConnection(read, run.connectionId).name,
    fallbackConnection: run.fallback === null ? null : getConnection(read, run.fallback.connectionId).name,
    describedBy: run.fallback === null ? [] : countByConnection(read, run.id),
    jobs,
    requests,
    inputTokens,
    outputTokens,
    transactions,
    costMicroUsd,
    unpriced,
    failures,
    pace: work?.pace(jobs.ready + jobs.running, run.id) ?? null,
    batch: batchView(listOpenBatches(read, { runId: run.id }), run.state),
    undoable: countStatements(read, run.id),
  };
}
