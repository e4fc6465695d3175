import type { webProcedures } from '../../../contract/procedures/web.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';
import { fetchWebPictures } from '../../web-pictures.ts';

export function webWrites(parts: EngineParts): HandlersOf<typeof webProcedures, WriteProcedureName> {
  return { 'web.fetch': (input, call) => fetchWebPictures(parts, input, call) };
}
