import type { upkeepProcedures } from '../../../contract/procedures/upkeep.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { removeOrphanRenditions } from '../../../library/orphan-renditions.ts';
import type { EngineParts } from '../../parts.ts';

export function upkeepWrites({
  libraryFolder,
  read,
}: EngineParts): HandlersOf<typeof upkeepProcedures, WriteProcedureName> {
  return { 'library.tidy': (_, { signal }) => removeOrphanRenditions(libraryFolder, read, signal) };
}
