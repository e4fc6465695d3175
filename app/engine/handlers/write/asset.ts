import { exclude, review } from '../../../captioning/edit-photo.ts';
import type { assetProcedures } from '../../../contract/procedures/asset.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { acceptDamaged } from '../../accept-damage.ts';
import { applyEdit } from '../../edits.ts';
import type { EngineParts } from '../../parts.ts';
import { play } from '../../videos.ts';

export function assetWrites(parts: EngineParts): HandlersOf<typeof assetProcedures, WriteProcedureName> {
  return {
    'asset.review': ({ photos, state }, call) =>
      applyEdit(
        parts,
        {
          kind: 'review',
          label: { reviewState: state },
          photos,
          change: (db, assetId) => review(db, assetId, state, parts.clock.now()),
        },
        call,
      ),
    'asset.play': ({ id }) => play(parts, id),
    'asset.exclude': ({ photos, isExcluded }, call) =>
      applyEdit(
        parts,
        {
          kind: 'exclude',
          label: { isExcluded },
          photos,
          change: (db, assetId) => exclude(db, assetId, isExcluded),
        },
        call,
      ),
    'asset.acceptDamage': ({ photos }) => acceptDamaged(parts, photos),
  };
}
