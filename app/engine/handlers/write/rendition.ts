import type { renditionProcedures } from '../../../contract/procedures/rendition.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';

export function renditionWrites({
  desk,
}: EngineParts): HandlersOf<typeof renditionProcedures, WriteProcedureName> {
  return { 'rendition.want': (input) => desk.renditions.want(input) };
}
