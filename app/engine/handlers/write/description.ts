import type { descriptionProcedures } from '../../../contract/procedures/description.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { saveCustomPrompt } from '../../../captioning/custom-prompt-store.ts';
import type { EngineParts } from '../../parts.ts';
import { startRun } from '../../runs.ts';
import { notYet } from '../not-yet.ts';
import { scopeOf } from '../read/scope.ts';

export function descriptionWrites(
  parts: EngineParts,
): HandlersOf<typeof descriptionProcedures, WriteProcedureName> {
  return {
    'description.edit': notYet,
    'description.start': async (input) => {
      const scope = scopeOf(parts, input);
      const { prompt, custom } = input.options;
      if (custom !== undefined) {
        parts.transact((db) => {
          saveCustomPrompt(db, prompt, custom, parts.clock.now());
        });
      }
      const { runId, photos, waitingRuns } = await startRun(parts, {
        connectionId: input.connectionId,
        rootId: null,
        scope,
        ...(input.query === undefined ? {} : { query: input.query }),
        scopeKey: JSON.stringify([scope.folders ?? null, input.query ?? null, input.limit ?? null]),
        options: input.options,
        budgetMicroUsd: input.budgetMicroUsd,
        fallback: input.fallback ?? null,
      });
      return { runId: runId ?? null, photos, waitingRuns };
    },
  };
}
