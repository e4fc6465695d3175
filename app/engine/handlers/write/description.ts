import { createHash } from 'node:crypto';
import type { Scope } from '../../../captioning/candidate-store.ts';
import { changeWords } from '../../../captioning/edit-photo.ts';
import type { OwnChange } from '../../../captioning/own-words.ts';
import type { Edit } from '../../../contract/procedures/edit.ts';
import type { descriptionProcedures } from '../../../contract/procedures/description.ts';
import type { HandlersOf, Input, WriteProcedureName } from '../../../contract/procedures.ts';
import { saveCustomPrompt } from '../../../captioning/custom-prompt-store.ts';
import { AppError } from '../../../platform/errors.ts';
import { applyEdit } from '../../edits.ts';
import type { EngineParts } from '../../parts.ts';
import { startRun } from '../../start-run.ts';
import { scopeOf } from '../read/scope.ts';

export function descriptionWrites(
  parts: EngineParts,
): HandlersOf<typeof descriptionProcedures, WriteProcedureName> {
  return {
    'description.edit': ({ photos, ...change }, call) => {
      const isOne = 'assetIds' in photos && photos.assetIds.length === 1;
      if (change.objects && !isOne) {
        throw new AppError('invalid-input', {
          reason: 'Objects have their places in one photo, so they are changed in one photo at a time.',
        });
      }
      return applyEdit(
        parts,
        {
          kind: 'description',
          label: labelOf(change),
          photos,
          change: (db, assetId) => changeWords(db, assetId, change, parts.clock.now()),
        },
        call,
      );
    },
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
        except: input.except,
        scopeKey: scopeKeyOf(scope, input),
        options: input.options,
        budgetMicroUsd: input.budgetMicroUsd,
        fallback: input.fallback ?? null,
      });
      return { runId: runId ?? null, photos, waitingRuns };
    },
  };
}

/** What a person will be told that they undo. */
function labelOf(change: OwnChange): Edit['label'] {
  const fields = (['title', 'caption', 'altText', 'keywords', 'objects'] as const).filter(
    (field) => change[field] !== undefined,
  );
  const { keywords } = change;
  if (keywords === undefined || keywords === null || 'set' in keywords) return { fields };
  return {
    fields,
    ...(keywords.add !== undefined && { addedKeywords: [...keywords.add] }),
    ...(keywords.remove !== undefined && { removedKeywords: [...keywords.remove] }),
  };
}

/** The wish in one text: the same wish again is the same run. */
function scopeKeyOf(
  { folders, assetIds }: Scope,
  { query, limit, except }: Input<'description.start'>,
): string {
  const wish: unknown[] = [folders ?? null, query ?? null, limit ?? null];
  if (assetIds !== undefined || except !== undefined) {
    const picked = [assetIds?.toSorted((one, other) => one - other) ?? null, except ?? null];
    wish.push(createHash('sha256').update(JSON.stringify(picked)).digest('base64url'));
  }
  return JSON.stringify(wish);
}
