import {
  findCurrentDescription,
  insertDescription,
  retractFromRequest,
  type WriteDb,
} from '../captioning/description-store.ts';
import type { AssetId, RequestId } from '../contract/ids.ts';
import type { DescriptionFields } from '../contract/models.ts';
import type { Input, Output } from '../contract/procedures.ts';
import { AppError } from '../platform/errors.ts';
import { keywordsOf } from '../threads/keywords-of.ts';
import { getAnswer } from '../threads/thread-store.ts';
import type { EngineParts } from './parts.ts';

/**
 * Makes an answer a statement of the person's own about its photos. The answer's request is its provenance, so that it can
 * be taken back.
 *
 * @throws {AppError} `not-found`, `conflict` when there is no answer, `invalid-input` when it lists no keywords or names a
 * photo that it is not about.
 */
export function useAnswer(parts: EngineParts, input: Input<'thread.use'>): Output<'thread.use'> {
  const { answer, requestId, assetIds } = getAnswer(parts.read, input.answerId);
  if (answer === null || requestId === null) {
    throw new AppError('conflict', { reason: 'That question has no answer.' });
  }
  const wanted = input.assetIds ?? assetIds;
  if (wanted.some((id) => !assetIds.includes(id))) {
    throw new AppError('invalid-input', { reason: 'The answer is not about that photo.' });
  }
  const text = input.text ?? answer;
  const keywords = input.as === 'keywords' ? keywordsIn(text) : [];
  const descriptionIds = parts.transact((db) =>
    wanted.map((assetId) => {
      const fields =
        input.as === 'caption'
          ? { caption: text.replaceAll(/\s+/g, ' ') }
          : { keywords: [...new Set([...keywordsNow(db, assetId), ...keywords])] };
      return say(parts, db, { assetId, requestId, fields });
    }),
  );
  parts.events.emit('asset.changed', { assetIds: wanted });
  return {
    photos: wanted.length,
    caption: input.as === 'caption' ? text.replaceAll(/\s+/g, ' ') : null,
    keywords,
    descriptionIds,
  };
}

/** Takes back what was made of an answer. Gives how many photos have what they had before. */
export function unuseAnswer(parts: EngineParts, input: Input<'thread.unuse'>): Output<'thread.unuse'> {
  const { requestId } = getAnswer(parts.read, input.answerId);
  if (requestId === null) return { photos: 0 };
  const assetIds = parts.transact((db) => {
    const changed = retractFromRequest(db, requestId, input.as, parts.clock.now());
    for (const assetId of changed) parts.indexAsset(db, assetId);
    return changed;
  });
  if (assetIds.length > 0) parts.events.emit('asset.changed', { assetIds });
  return { photos: assetIds.length };
}

function keywordsIn(text: string): string[] {
  const keywords = keywordsOf(text);
  if (keywords !== undefined) return keywords;
  throw new AppError('invalid-input', {
    reason: 'The answer lists no keywords. Ask for keywords, separated by commas.',
  });
}

function keywordsNow(db: WriteDb, assetId: AssetId): string[] {
  return findCurrentDescription(db, assetId)?.keywords.map(({ keyword }) => keyword) ?? [];
}

function say(
  parts: EngineParts,
  db: WriteDb,
  said: { readonly assetId: AssetId; readonly requestId: RequestId; readonly fields: DescriptionFields },
) {
  const id = insertDescription(db, { ...said, owner: 'person' }, parts.clock.now());
  parts.indexAsset(db, said.assetId);
  return id;
}
