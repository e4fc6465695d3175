import type { Connection } from '../contract/models/connection.ts';
import type { Input } from '../contract/procedures.ts';
import { renderPhoto } from '../imaging/render.ts';
import { addressLines, withAddress } from '../jobs/pass-address.ts';
import { partOf } from '../jobs/render-picture.ts';
import { takePictures } from '../jobs/render-frames.ts';
import { findVideoFile, pictureOf } from '../jobs/video-picture.ts';
import { findOriginal } from '../library/asset-store.ts';
import { AppError } from '../platform/errors.ts';
import type { Picture, VisionRequest } from '../providers/provider.ts';
import { describePictures, instructionsFor, questionPromptVersion } from '../threads/question.ts';
import { modelOf } from '../usage/prices.ts';
import type { NewRequest } from '../usage/request-store.ts';
import type { EngineParts } from './parts.ts';
import type { PreparedQuestion } from './plan-question.ts';

/** What a question sends: its pictures, its text with what was said before, and how the ledger has it. */

/** @throws {AppError} what is wrong with a photo's file. */
export async function renderPictures(
  parts: EngineParts,
  { question, photos, estimate }: PreparedQuestion,
  signal: AbortSignal,
): Promise<Picture[]> {
  const { frames } = question;
  const [ofFrames] = estimate.sizes;
  const [only] = photos;
  if (frames !== null && ofFrames !== undefined && only !== undefined) {
    const original = findOriginal(parts.read, only.assetId);
    const video = original && findVideoFile(parts, only.assetId, original);
    if (video === undefined) throw new AppError('file-missing');
    const wish = { ...ofFrames, most: frames.count, range: frames.range ?? undefined };
    return takePictures(parts, video, wish, { signal, isUrgent: true });
  }
  return Promise.all(
    photos.map(async ({ assetId }, index) => {
      const original = findOriginal(parts.read, assetId);
      const size = estimate.sizes[index];
      if (original === undefined || size === undefined) throw new AppError('file-missing');
      const { widthPx, heightPx, detail } = size;
      const wish = { model: { widthPx, heightPx }, ...partOf(parts, assetId) };
      const { model } = await renderPhoto(
        await pictureOf(parts, assetId, original, { signal, isUrgent: true }),
        question.crop === null ? wish : { ...wish, crop: question.crop },
        { signal },
      );
      return { ...model, detail };
    }),
  );
}

/** A part of a photo has no address of its own. [Note: Addresses passed on] */
export function passAddresses(
  parts: EngineParts,
  { sendsAddresses }: Pick<Input<'thread.ask'>, 'sendsAddresses'>,
  connection: Connection,
  { question, photos, estimate, terms: { sizeRule } }: PreparedQuestion,
  pictures: Picture[],
): Picture[] {
  if (sendsAddresses !== true || question.crop !== null) return pictures;
  return pictures.map((picture, index) => {
    const [photo, planned] = [photos[index], estimate.sizes[index]];
    if (photo === undefined || planned === undefined || photo.known.video !== undefined) return picture;
    const { assetId, known: size } = photo;
    return withAddress(parts, picture, { connection, assetId, size, sizeRule, planned });
  });
}

/** @param nowMs a capture time that cannot be, as one in the future, is not told */
export function toRequest(
  prepared: PreparedQuestion,
  pictures: readonly Picture[],
  nowMs: number,
): VisionRequest {
  const { question, photos } = prepared;
  const { turns, picturesAt } = question.turns;
  const [first] = photos;
  if (first === undefined) throw new AppError('internal', { reason: 'a question without photos' });
  const about = describePictures(question, nowMs);
  return {
    instructions: instructionsFor(question),
    text: picturesAt < turns.length ? question.question : `${about}\n\n${question.question}`,
    pictures,
    earlier: turns.map((turn, index) => {
      const hasPictures = index === picturesAt;
      return { ...turn, question: hasPictures ? `${about}\n\n${turn.question}` : turn.question, hasPictures };
    }),
    maxOutputTokens: prepared.estimate.maxOutputTokens,
    known: first.known,
  };
}

export function toRow(
  connection: Connection,
  { question, photos, estimate, terms, upperMicroUsd }: PreparedQuestion,
  { instructions, text, pictures, earlier = [] }: VisionRequest,
): NewRequest {
  return {
    runId: null,
    connectionId: connection.id,
    jobId: null,
    kind: 'ask',
    promptVersion: questionPromptVersion,
    sent: {
      instructions,
      text: [...earlier.flatMap(sayTurn), text, ...addressLines(pictures)].join('\n\n'),
    },
    detail: estimate.sizes.some(({ detail }) => detail === 'high') ? 'high' : 'low',
    modelAsked: modelOf(connection) ?? null,
    estimatedInputTokens: estimate.inputTokens,
    estimatedOutputTokens: estimate.maxOutputTokens,
    estimatedMicroUsd: upperMicroUsd,
    price: terms.price ?? null,
    assets: pictures.flatMap(({ bytes }, index) => {
      const photo = photos[question.frames === null ? index : 0];
      if (photo === undefined) return [];
      return {
        assetId: photo.assetId,
        sentWidthPx: estimate.sizes[index]?.widthPx ?? null,
        sentHeightPx: estimate.sizes[index]?.heightPx ?? null,
        bytes,
      };
    }),
  };
}

/** What was said before, for those who want to see what was sent. */
function sayTurn({ question, answer }: { readonly question: string; readonly answer: string }): string[] {
  return [`[Asked before] ${question}`, `[Answered before] ${answer}`];
}
