import type { assetProcedures } from '../../../contract/procedures/asset.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function assetWrites(): HandlersOf<typeof assetProcedures, WriteProcedureName> {
  return {
    'asset.review': notYet,
    'asset.exclude': notYet,
  };
}
