import { changeWords, takeBackFrom } from '../captioning/edit-photo.ts';
import type { OwnChange } from '../captioning/own-words.ts';
import type { DescriptionId } from '../contract/ids.ts';
import type { Call, Input, Output } from '../contract/procedures.ts';
import { AppError } from '../platform/errors.ts';
import { keywordsOf } from '../threads/keywords-of.ts';
import { getAnswer } from '../threads/thread-store.ts';
import { applyEdit, type EditCall } from './edits.ts';
import type { EngineParts } from './parts.ts';

/**
 * Makes an answer a part of what the person says of its photos: an edit like any other, which can be undone and done again,
 * with the answer's request as its provenance. Keywords are added, and a later model adds its own to them.
 *
 * @throws {AppError} `not-found`, `conflict` when there is no answer, `invalid-input` when it lists no keywords or names a
 * photo that it is not about.
 */
export async function useAnswer(
  parts: EngineParts,
  input: Input<'thread.use'>,
  { signal }: Pick<Call<'thread.use'>, 'signal'>,
): Promise<Output<'thread.use'>> {
  const { answer, requestId, assetIds, modelAnswered, connection } = getAnswer(parts.read, input.answerId);
  if (answer === null || requestId === null) {
    throw new AppError('conflict', { reason: 'That question has no answer.' });
  }
  const wanted = input.assetIds ?? assetIds;
  if (wanted.some((id) => !assetIds.includes(id))) {
    throw new AppError('invalid-input', { reason: 'The answer is not about that photo.' });
  }
  const text = input.text ?? answer;
  const caption = input.as === 'caption' ? text.replaceAll(/\s+/g, ' ') : null;
  const keywords = caption === null ? keywordsIn(text) : [];
  const change: OwnChange = caption === null ? { keywords: { add: keywords } } : { caption };
  const descriptionIds: DescriptionId[] = [];
  const { photos } = await applyEdit(
    parts,
    {
      kind: 'description',
      label: {
        ...(caption === null ? { fields: ['keywords'], addedKeywords: keywords } : { fields: ['caption'] }),
        answeredBy: modelAnswered ?? connection,
      },
      photos: { assetIds: wanted },
      change: (db, assetId) => {
        const step = changeWords(db, assetId, change, parts.clock.now(), requestId);
        if (step?.kind === 'description' && step.added !== null) descriptionIds.push(step.added);
        return step;
      },
    },
    silently(signal),
  );
  return { photos, caption, keywords, descriptionIds };
}

/**
 * Takes back what was made of an answer, as an edit of its own. What the person said anew since then stays. Gives how many
 * photos have what they had before.
 */
export async function unuseAnswer(
  parts: EngineParts,
  input: Input<'thread.unuse'>,
  { signal }: Pick<Call<'thread.unuse'>, 'signal'>,
): Promise<Output<'thread.unuse'>> {
  const { requestId, assetIds, modelAnswered, connection } = getAnswer(parts.read, input.answerId);
  if (requestId === null || assetIds.length === 0) return { photos: 0 };
  const fields = input.as === undefined ? (['caption', 'keywords'] as const) : [input.as];
  const { photos } = await applyEdit(
    parts,
    {
      kind: 'description',
      label: { fields: [...fields], answeredBy: modelAnswered ?? connection },
      photos: { assetIds },
      change: (db, assetId) => takeBackFrom(db, assetId, { requestId, fields }, parts.clock.now()),
    },
    silently(signal),
  );
  return { photos };
}

/** The photos of a question are few. */
function silently(signal: AbortSignal): EditCall {
  return { signal, tell: () => undefined };
}

function keywordsIn(text: string): string[] {
  const keywords = keywordsOf(text);
  if (keywords !== undefined) return keywords;
  throw new AppError('invalid-input', {
    reason: 'The answer lists no keywords. Ask for keywords, separated by commas.',
  });
}
