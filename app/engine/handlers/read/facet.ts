import type { facetProcedures } from '../../../contract/procedures/facet.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function facetReads(): HandlersOf<typeof facetProcedures, ReadProcedureName> {
  return { 'facet.list': notYet, 'facet.folders': notYet, 'facet.months': notYet };
}
