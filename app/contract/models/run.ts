import { z } from 'zod';
import { batchWish } from '../batch.ts';
import { connectionId, rootId, runId } from '../ids.ts';
import { descriptionField } from './description.ts';
import { detailChoice } from './detail.ts';
import { errorInfo } from './error-info.ts';
import { customPrompt, keywordRules } from './prompt.ts';

/** Of what a connection has described already, what is described once more: everything, or what an older prompt or model made. */
export const again = z.enum(['all', 'outdated']);
export type Again = z.infer<typeof again>;

/** What a run was asked to do. Kept with the run, and never changed afterwards. */
export const runOptions = z.object({
  detail: detailChoice,
  maxImageTokens: z.number().int().positive().nullable(),
  /** Name of a preset, or of the custom prompt. */
  prompt: z.string(),
  custom: customPrompt.optional(),
  language: z.string(),
  fields: z.array(descriptionField).min(1),
  /** Instead of what the prompt says. */
  keywords: keywordRules.optional(),
  style: z.string().max(300).optional(),
  again: again.optional(),
  /** Photos of one burst, and near-duplicates, go in one request as far as the connection takes them. @default each alone */
  bursts: z.literal('together').optional(),
  batch: batchWish.optional(),
  /** Pictures of the web by their address, where the service fetches them for the same tokens. @default each is sent */
  sendsAddresses: z.literal(true).optional(),
});
export type RunOptions = z.infer<typeof runOptions>;

/**
 * A second connection for what the first does not answer: while it is blocked, what it filters or declines, what its price
 * puts over the budget. Never `built-in`.
 */
export const fallback = z.object({
  connectionId,
  /** Somebody agreed, by its name, that photos go to it although the first connection keeps them at home. */
  mayUpload: z.boolean(),
});
export type Fallback = z.infer<typeof fallback>;

/** What a run would send and cost, before anything is sent. `null` cost = the price is unknown. */
export const captionPlan = z.object({
  photos: z.number().int().nonnegative(),
  requests: z.number().int().nonnegative(),
  /**
   * Photos whose detail is chosen when they are decoded (`auto`): counted here as if they needed all of it. Left out: none.
   */
  unmeasured: z.number().int().positive().optional(),
  /** Of the photos, those with the same picture as another: described with it, by no work of their own. Left out: none. */
  copies: z.number().int().positive().optional(),
  /** Photos that share a request with others, in how many requests, and what that saves. Left out: none. */
  together: z
    .object({
      photos: z.number().int().positive(),
      requests: z.number().int().positive(),
      savedMicroUsd: z.number().int().nullable(),
    })
    .optional(),
  /** Pictures of the web whose address can be told instead of sending them. Left out: none. */
  addresses: z.number().int().positive().optional(),
  /** Of a service that counts features: each feature of each photo is one. Left out elsewhere. */
  transactions: z.number().int().positive().optional(),
  imageTokens: z.number().int().nonnegative(),
  /** Nobody has said how the model counts pictures: `imageTokens` is what the dearest take. Left out: it is known. */
  isCountedFromAbove: z.literal(true).optional(),
  /** Image tokens and text tokens. */
  inputTokens: z.number().int().nonnegative(),
  /** What such answers usually need; the upper limit is `maxOutputTokens`. */
  outputTokens: z.number().int().nonnegative(),
  maxOutputTokens: z.number().int().nonnegative(),
  costMicroUsd: z.number().int().nonnegative().nullable(),
  /** The most that it can cost: every answer as long as its limit. */
  maxCostMicroUsd: z.number().int().nonnegative().nullable(),
  /** The other way to send the same, where the connection has both: as batches, or at once. */
  otherWay: z
    .object({
      isBatch: z.boolean(),
      costMicroUsd: z.number().int().nonnegative().nullable(),
      maxCostMicroUsd: z.number().int().nonnegative().nullable(),
    })
    .optional(),
});
export type CaptionPlan = z.infer<typeof captionPlan>;

/** `paused` with an error waits for a person or for time; `canceled` and `undone` are final. */
export const runState = z.enum(['running', 'paused', 'finished', 'canceled', 'undone']);
export type RunState = z.infer<typeof runState>;

export const run = z.object({
  id: runId,
  connectionId,
  /** The root whose standing rule started it; `null` when a person did. */
  rootId: rootId.nullable(),
  fallback: fallback.nullable(),
  options: runOptions,
  plan: captionPlan,
  budgetMicroUsd: z.number().int().positive().nullable(),
  state: runState,
  error: errorInfo.nullable(),
  createdAtMs: z.number().int(),
  endedAtMs: z.number().int().nullable(),
});
export type Run = z.infer<typeof run>;
