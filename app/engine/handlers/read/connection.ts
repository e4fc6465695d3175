import type { connectionProcedures } from '../../../contract/procedures/connection.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { listConnections } from '../../../settings/connection-store.ts';
import { toView } from '../../connection-view.ts';
import type { ReadContext } from '../context.ts';

export function connectionReads({
  read,
}: ReadContext): HandlersOf<typeof connectionProcedures, ReadProcedureName> {
  return { 'connection.list': () => listConnections(read).map(toView) };
}
