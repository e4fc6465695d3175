import type { usageProcedures } from '../../../contract/procedures/usage.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import {
  listUnexplainedRequests,
  usageByDay,
  usageByFolder,
  usageByModel,
  usageTotals,
} from '../../../usage/usage-store.ts';
import type { ReadContext } from '../context.ts';

export function usageReads({ read }: ReadContext): HandlersOf<typeof usageProcedures, ReadProcedureName> {
  return {
    'usage.get': (input) => {
      const filter = {
        ...(input.sinceMs === undefined ? {} : { sinceMs: input.sinceMs }),
        ...(input.runId === undefined ? {} : { runId: input.runId }),
      };
      return {
        ...usageTotals(read, filter, { countsPending: true }),
        batches: usageTotals(read, { ...filter, isBatch: 1 }, { countsPending: true }),
        byModel: usageByModel(read, filter),
        byDay: usageByDay(read, filter),
        byFolder: usageByFolder(read, filter),
        unexplained: listUnexplainedRequests(read, filter),
      };
    },
    'usage.total': ({ sinceMs, runId }) =>
      usageTotals(read, {
        ...(sinceMs === undefined ? {} : { sinceMs }),
        ...(runId === undefined ? {} : { runId }),
      }),
  };
}
