import { z } from 'zod';
import { answerId, assetId, connectionId, descriptionId, requestId, threadId } from '../ids.ts';
import { booking } from '../booking.ts';
import { detail, detailChoice } from '../models/detail.ts';
import { errorInfo } from '../models/error-info.ts';
import { price } from '../models/usage.ts';
import { box, insideBox } from '../places.ts';
import { count, microUsd, whichConnection } from './shared.ts';

/** A part of one photo. */
export const crop = insideBox;

/** A part of a video, in milliseconds from its beginning. */
const moment = z
  .object({ startMs: count, endMs: z.number().int().positive() })
  .refine(({ startMs, endMs }) => startMs < endMs, 'It ends before it begins.');

/**
 * A question about photos. Going on with a thread, photos, crop and moment are those of its last question unless others are
 * given; with other photos and no crop or moment they are whole. A question about one video alone shows up to ten frames of it,
 * each with its time; of one among several, its picture.
 */
const question = {
  assetIds: z.array(assetId).min(1).max(1_500).optional(),
  threadId: threadId.optional(),
  question: z.string().trim().min(1).max(10_000),
  /** Of one photo only; cut from the original at its full resolution. */
  crop: crop.optional(),
  /** Of one video only: its frames are of this part. */
  moment: moment.optional(),
  /** @default 'high': people ask about what is hard to see; of a whole video, whose frames are many, 'low'. */
  detail: detailChoice.optional(),
  /** For each picture. */
  maxImageTokens: z.number().int().positive().optional(),
};

/**
 * How an answer ended: `stop` = whole; `length` = at its limit; `refused` = the model declined (its words are the answer);
 * `content-filter` = blocked by the service; `canceled`, `cut-off`, `timeout` = what had come by then; `unknown` = the
 * service did not say.
 */
export const answerFinish = z.enum([
  'stop',
  'length',
  'refused',
  'content-filter',
  'canceled',
  'cut-off',
  'timeout',
  'unknown',
]);
export type AnswerFinish = z.infer<typeof answerFinish>;

export const answer = z.object({
  id: answerId,
  threadId,
  question: z.string(),
  /** `null`: none has come. */
  answer: z.string().nullable(),
  /** `asking` = being answered now; `failed` = nothing came that could be shown, see its error. */
  state: z.enum(['asking', 'answered', 'partial', 'failed']),
  error: errorInfo.nullable(),
  finishReason: answerFinish.nullable(),
  /** The photos that were shown, in order. Those that were taken out of the library since are not among them. */
  assetIds: z.array(assetId),
  crop: box.nullable(),
  /** Of the one video that was shown. */
  moment: z.object({ startMs: count, endMs: count }).nullable(),
  connectionId,
  connection: z.string(),
  modelAnswered: z.string().nullable(),
  detail: detail.nullable(),
  requestId: requestId.nullable(),
  /** As reported by the service; `null` when it did not say. */
  usage: z.object({ inputTokens: count, outputTokens: count }).nullable(),
  /** As booked: with `booking` = `estimate` the most that it may have cost. */
  costMicroUsd: microUsd,
  booking: booking.nullable(),
  askedAtMs: z.number().int(),
  answeredAtMs: z.number().int().nullable(),
});
export type ThreadAnswer = z.infer<typeof answer>;

export const threadSummary = z.object({
  id: threadId,
  /** The first question, and the beginning of the last answer. */
  question: z.string(),
  answer: z.string().nullable(),
  questions: count,
  /** All photos that it is about; of many the first hundred. */
  assetIds: z.array(assetId),
  photos: count,
  /** Whether something is being answered now. */
  isAsking: z.boolean(),
  /** Of all its questions whose price is known; `null` when none is. */
  costMicroUsd: microUsd,
  createdAtMs: z.number().int(),
  updatedAtMs: z.number().int(),
});
export type ThreadSummary = z.infer<typeof threadSummary>;

/** Questions about photos, kept as threads (DESIGN §7). */
export const threadProcedures = {
  /** What a question would send and cost; sends nothing. */
  'thread.plan': {
    reads: true,
    input: z.object(question).and(whichConnection),
    output: z.object({
      photos: count,
      /** What goes into a request each, in order: several where these are more photos than the service takes in one. */
      parts: z.array(z.array(assetId)),
      pictures: z.array(z.object({ assetId, widthPx: count, heightPx: count, detail, imageTokens: count })),
      imageTokens: count,
      inputTokens: count,
      /** What answers usually need, and the most that this one may take. */
      outputTokens: count,
      maxOutputTokens: count,
      costMicroUsd: microUsd,
      maxCostMicroUsd: microUsd,
      /** Pictures of the web among them, whose address can be told instead. */
      addresses: count,
      /** Most photos that one question to this connection may be about. */
      maxPhotos: count,
      connection: z.string(),
      model: z.string().nullable(),
      price: price.nullable(),
    }),
  },
  /**
   * Asks, and tells the answer piece by piece. An answer that was stopped or cut off is an output too, marked partial;
   * it is an error when nothing came that could be shown. Aborting stops the answer: what came is kept, and booked.
   */
  'thread.ask': {
    reads: false,
    input: z.object({
      ...question,
      connectionId,
      /** Most that this question may cost. */
      budgetMicroUsd: z.number().int().positive().nullable().optional(),
      /** Pictures of the web by their address, where that can be. @default false */
      sendsAddresses: z.boolean().optional(),
    }),
    part: z.union([
      /** First of all: under which ids it is kept. */
      z.object({ threadId, answerId }),
      /** The service wants to be left alone until then; it goes on by itself. */
      z.object({ waitingUntilMs: z.number().int() }),
      z.object({ text: z.string() }),
    ]),
    output: z.object({
      threadId,
      answerId,
      answer: z.string(),
      isPartial: z.boolean(),
      finishReason: answerFinish,
      /** Why it is partial, where that is an error. */
      error: errorInfo.nullable(),
      modelAnswered: z.string().nullable(),
      usage: z.object({ inputTokens: count, outputTokens: count }).nullable(),
      costMicroUsd: microUsd,
      booking,
    }),
  },
  /** Newest first. */
  'thread.list': {
    reads: true,
    input: z.object({
      /** Only those about this photo. */
      assetId: assetId.optional(),
      /** `nextCursor` of the page before. */
      after: z.string().optional(),
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: z.object({ threads: z.array(threadSummary), nextCursor: z.string().nullable() }),
  },
  'thread.get': {
    reads: true,
    input: z.object({ id: threadId }),
    output: threadSummary.extend({ answers: z.array(answer) }),
  },
  /**
   * Makes an answer the caption of its photos, or adds what it lists to their keywords. It is the person's own from then
   * on: no model replaces it.
   */
  'thread.use': {
    reads: false,
    input: z.object({
      answerId,
      as: z.enum(['caption', 'keywords']),
      /** Some of the photos of the answer. @default all */
      assetIds: z.array(assetId).min(1).optional(),
      /** The words as the person changed them. @default the answer's own */
      text: z.string().trim().min(1).optional(),
    }),
    output: z.object({
      photos: count,
      caption: z.string().nullable(),
      /** The keywords that were meant, those that a photo had before too. */
      keywords: z.array(z.string()),
      descriptionIds: z.array(descriptionId),
    }),
  },
  /** Takes back what `thread.use` made of an answer; what was there before is there again. */
  'thread.unuse': {
    reads: false,
    input: z.object({ answerId, as: z.enum(['caption', 'keywords']).optional() }),
    output: z.object({ photos: count }),
  },
  /** Removes a thread. What was used of it stays, and so does the ledger. */
  'thread.remove': {
    reads: false,
    input: z.object({ id: threadId }),
    output: z.object({ questions: count }),
  },
} as const;
