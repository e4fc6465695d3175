import type { runProcedures } from '../../../contract/procedures/run.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';
import { cancelRun, pauseRun, resumeRun, undoRun } from '../../runs.ts';

export function runWrites(parts: EngineParts): HandlersOf<typeof runProcedures, WriteProcedureName> {
  return {
    'run.pause': ({ id }) => pauseRun(parts, id, null),
    'run.resume': ({ id, budgetMicroUsd }) => resumeRun(parts, id, budgetMicroUsd),
    'run.cancel': ({ id }) => cancelRun(parts, id),
    'run.undo': ({ id }) => undoRun(parts, id),
  };
}
