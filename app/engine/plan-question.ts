import { allowedPrivacies, findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import { chooseDetail } from '../captioning/auto-detail.ts';
import { modelTerms, type ModelTerms } from '../captioning/plan.ts';
import type { AssetId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Box } from '../contract/places.ts';
import type { Input, Output } from '../contract/procedures.ts';
import { findOriginal, getAsset } from '../library/asset-store.ts';
import { AppError } from '../platform/errors.ts';
import { staysLocal } from '../providers/endpoint.ts';
import { findModelAbilities } from '../providers/models.ts';
import { getConnection } from '../settings/connection-store.ts';
import {
  estimateQuestion,
  type Question,
  type QuestionEstimate,
  type QuestionFrames,
} from '../threads/question.ts';
import { getThread, listAnswers, type ReadDb } from '../threads/thread-store.ts';
import { chooseTurns } from '../threads/turns.ts';
import { plannedFrames } from '../video/choose-frames.ts';
import { upperCostMicroUsd } from '../usage/cost.ts';
import { modelOf } from '../usage/prices.ts';
import { countAddresses } from './count-addresses.ts';
import { previewConnection } from './connection-settings.ts';

type Wish = Omit<Input<'thread.ask'>, 'connectionId' | 'budgetMicroUsd'>;

/** A question with everything that it takes to ask it, read anew each time. */
export type PreparedQuestion = {
  readonly question: Question;
  readonly photos: readonly Candidate[];
  readonly terms: ModelTerms;
  readonly estimate: QuestionEstimate;
  /** The most that it can cost; `null` when the price is unknown. */
  readonly upperMicroUsd: number | null;
};

/**
 * @throws {AppError} `no-questions` from built-in, `too-many-photos`, `privacy`, `invalid-input`, and why a photo cannot
 * be shown: `not-found`, `file-missing`, `root-offline`, what is wrong with its file.
 */
export function prepareQuestion(
  read: ReadDb,
  connection: Connection,
  wish: Wish,
  nowMs: number,
): PreparedQuestion {
  if (connection.kind === 'built-in' || connection.kind === 'azure-vision') {
    throw new AppError('no-questions');
  }
  const { answers, assetIds, crop, moment } = whatIsShown(read, wish);
  if (crop !== null && assetIds.length > 1) {
    throw new AppError('invalid-input', { reason: 'A crop is a part of one photo. Name one photo only.' });
  }
  assertFits(connection, assetIds.length);
  const photos = assetIds.map((assetId) => findPhoto(read, connection, assetId));
  // Questions are answered without enhancements.
  const { enhancements: _, ...plain } = connection;
  const terms = modelTerms(plain);
  const frames = framesOf(photos, { crop, moment, most: terms.maxPictures });
  const question: Question = {
    question: wish.question,
    photos,
    crop,
    frames,
    // A part is asked about for what is in it, and the measure is the whole photo's.
    details: photos.map(({ text }) =>
      chooseDetail(
        wish.detail ?? (frames?.range === null ? 'low' : 'high'),
        crop === null && frames === null ? text : null,
      ),
    ),
    maxImageTokens: wish.maxImageTokens,
    turns: chooseTurns(answers, { assetIds, crop, moment }),
  };
  const estimate = estimateQuestion(question, terms, nowMs);
  const upperMicroUsd =
    terms.price === undefined
      ? null
      : upperCostMicroUsd(
          { inputTokens: estimate.inputTokens, outputTokens: estimate.maxOutputTokens },
          terms.price,
        );
  return { question, photos, terms, estimate, upperMicroUsd };
}

/** What a question would send and cost. About more photos than the service takes in one request, it goes in parts. */
export function planQuestion(
  context: { readonly read: ReadDb; readonly libraryFolder: string; readonly now: () => number },
  input: Input<'thread.plan'>,
): Output<'thread.plan'> {
  const { read } = context;
  const connection =
    'connectionId' in input
      ? getConnection(read, input.connectionId)
      : previewConnection(read, input.connection);
  const parts = inParts(connection, input).map((wish) => planPart(read, connection, wish, context.now()));
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  const price = parts[0]?.price;
  return {
    photos: sum(({ photos }) => photos.length),
    parts: parts.map(({ photos }) => photos),
    pictures: parts.flatMap(({ pictures }) => pictures),
    imageTokens: sum(({ imageTokens }) => imageTokens),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ usualOutputTokens }) => usualOutputTokens),
    maxOutputTokens: sum(({ maxOutputTokens }) => maxOutputTokens),
    costMicroUsd: price === undefined ? null : sum(({ usualMicroUsd }) => usualMicroUsd),
    maxCostMicroUsd: price === undefined ? null : sum(({ upperMicroUsd }) => upperMicroUsd ?? 0),
    addresses: parts.some(({ isOfParts }) => isOfParts)
      ? 0
      : countAddresses(
          context,
          connection,
          parts.flatMap(({ photos }) => photos),
        ),
    maxPhotos: mostPhotos(connection),
    connection: connection.name,
    model: modelOf(connection) ?? null,
    price: price ?? null,
  };
}

/** One request of a question. */
function planPart(read: ReadDb, connection: Connection, wish: Wish, nowMs: number) {
  const { question, terms, estimate, upperMicroUsd } = prepareQuestion(read, connection, wish, nowMs);
  const { price } = terms;
  const { inputTokens, usualOutputTokens, sizes } = estimate;
  return {
    ...estimate,
    photos: question.photos.map(({ assetId }) => assetId),
    pictures: sizes.flatMap((size, index) => {
      const photo = question.photos[question.frames === null ? index : 0];
      return photo === undefined ? [] : [{ assetId: photo.assetId, ...size }];
    }),
    // A part has no address of its own, nor has a frame.
    isOfParts: question.crop !== null || question.frames !== null,
    price,
    usualMicroUsd:
      price === undefined ? 0 : upperCostMicroUsd({ inputTokens, outputTokens: usualOutputTokens }, price),
    upperMicroUsd,
  };
}

/** A new question, once for each group of photos that fits into a request; groups are as alike in size as can be. */
function inParts(connection: Connection, wish: Wish): readonly Wish[] {
  const assetIds = unique(wish.assetIds ?? []);
  const count = Math.ceil(assetIds.length / mostPhotos(connection));
  if (wish.threadId !== undefined || wish.crop !== undefined || count <= 1) return [wish];
  return Array.from({ length: count }, (_, index) => {
    const from = Math.round((index * assetIds.length) / count);
    const to = Math.round(((index + 1) * assetIds.length) / count);
    return { ...wish, assetIds: assetIds.slice(from, to) };
  });
}

/** The photos and the crop of a question, and what was asked before it. */
function whatIsShown(read: ReadDb, { threadId, assetIds, crop, moment }: Wish) {
  if (threadId === undefined) {
    if (assetIds === undefined) {
      throw new AppError('invalid-input', { reason: 'Name the photos that the question is about.' });
    }
    return { answers: [], assetIds: unique(assetIds), crop: crop ?? null, moment: moment ?? null };
  }
  getThread(read, threadId);
  const answers = listAnswers(read, threadId);
  const last = answers.at(-1);
  const shown = assetIds ?? last?.assetIds ?? [];
  if (shown.length === 0) {
    throw new AppError('invalid-input', {
      reason: 'The photos of this thread are not in the library any more. Name others.',
    });
  }
  // Another part takes the place of both.
  const isSame = assetIds === undefined && crop === undefined && moment === undefined;
  return {
    answers,
    assetIds: unique(shown),
    crop: crop ?? (isSame ? (last?.crop ?? null) : null),
    moment: moment ?? (isSame ? (last?.moment ?? null) : null),
  };
}

/**
 * Of one video alone, frames: of a part of it where one is named.
 *
 * @throws {AppError} `invalid-input` when a moment is named of anything else, or behind its end.
 */
function framesOf(
  photos: readonly Candidate[],
  {
    crop,
    moment,
    most,
  }: {
    readonly crop: Box | null;
    readonly moment: QuestionFrames['range'];
    readonly most: number;
  },
): QuestionFrames | null {
  const video = photos.length === 1 && crop === null ? photos[0]?.known.video : undefined;
  if (video === undefined) {
    if (moment === null) return null;
    throw new AppError('invalid-input', {
      reason: 'A moment is a part of one video. Name one video only, and no part of its picture.',
    });
  }
  const { durationMs } = video;
  if (moment === null) return { count: plannedFrames(durationMs, most), range: null };
  if (moment.startMs >= durationMs) {
    throw new AppError('invalid-input', { reason: 'The moment is behind the end of the video.' });
  }
  const range = { startMs: moment.startMs, endMs: Math.min(moment.endMs, durationMs) };
  return { count: plannedFrames(range.endMs - range.startMs, most), range };
}

const unique = (assetIds: readonly AssetId[]): AssetId[] => [...new Set(assetIds)];

function mostPhotos(connection: Connection): number {
  return findModelAbilities(modelOf(connection)).maxImagesPerRequest;
}

function assertFits(connection: Connection, photos: number): void {
  const limit = mostPhotos(connection);
  if (photos <= limit) return;
  throw new AppError('too-many-photos', { limit, photos, model: modelOf(connection) ?? connection.name });
}

function findPhoto(read: ReadDb, connection: Connection, assetId: AssetId): Candidate {
  const photo = findCandidate(read, assetId);
  if (photo === undefined) throw whyNot(read, assetId);
  const { kind } = connection;
  if (!allowedPrivacies({ kind, isLocal: staysLocal(connection) }).includes(photo.privacy)) {
    throw new AppError('privacy', { privacy: photo.privacy, path: photo.relativePath });
  }
  return photo;
}

/** Why a photo cannot be shown to anybody. */
function whyNot(read: ReadDb, assetId: AssetId): AppError {
  const asset = getAsset(read, assetId);
  if (asset.error !== null) return new AppError(asset.error.code, asset.error.details);
  const original = findOriginal(read, assetId);
  const path = original?.absolutePath;
  if (original === undefined || !original.isPresent) return new AppError('file-missing', { path });
  if (original.rootState === 'offline') return new AppError('root-offline', { path });
  return new AppError('conflict', { reason: 'The photo is still being read. Ask again in a moment.' });
}
