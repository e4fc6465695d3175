import { z } from 'zod';
import { assetId, connectionId, editId, runId } from '../ids.ts';
import { captionPlan, fallback, runOptions } from '../models/run.ts';
import { errorInfo } from '../models/error-info.ts';
import { price } from '../models/usage.ts';
import { detectedObject, insideBox } from '../places.ts';
import { count, folders, progressPart, scope, selection, whichConnection } from './shared.ts';

/** A text of a person's own; `null` gives the field back to whoever else says something. */
const ownText = z.string().max(20_000).nullable().optional();
const keywords = z.array(z.string().trim().min(1).max(200)).max(500);

/** A thing that a person names: it has a name, and lies in the picture. */
const ownObject = detectedObject.extend({
  label: z.string().trim().min(1).max(200),
  box: insideBox.optional(),
  confidence: z.number().min(0).max(1).optional(),
});

/**
 * Whose descriptions count: with options that ask for photos once more, those alone that such a run would not make again,
 * or has made: `runId`.
 */
const ofRun = { options: runOptions.optional(), runId: runId.nullable().optional() };

/** Planning and starting descriptions, and what came of it. */
export const descriptionProcedures = {
  'description.plan': {
    reads: true,
    input: z.object({ ...scope, options: runOptions }).and(whichConnection),
    output: captionPlan.extend({
      connection: z.string(),
      model: z.string().nullable(),
      price: price.nullable(),
      /**
       * How long it takes as fast as the connection was of late, so many at once as it takes. Left out where nobody knows:
       * before its first answers, for batches.
       */
      msNeeded: count.optional(),
    }),
  },
  /** How many files of a scope a connection has described. */
  'description.count': {
    reads: true,
    input: z.object({ folders, query: scope.query, ...ofRun }).and(whichConnection),
    output: z.object({ described: count }),
  },
  /** Why the files of a scope that a connection has not described are not, by reason; a format is a reason of its own. */
  'description.summarize': {
    reads: true,
    input: z.object({ folders, query: scope.query, ...ofRun }).and(whichConnection),
    output: z.array(
      z.object({
        outcome: z.enum(['failed', 'skipped', 'waiting']),
        /** Of the first of them. */
        error: errorInfo.nullable(),
        files: count,
        /** Paths of the first three. */
        examples: z.array(z.string()),
      }),
    ),
  },
  /** Every file of a scope that a connection has not described, and why. */
  'description.report': {
    reads: true,
    input: z.object({
      folders,
      query: scope.query,
      ...ofRun,
      connectionId,
      after: count.optional(),
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: z.object({
      files: z.array(
        z.object({
          id: assetId.nullable(),
          path: z.string(),
          outcome: z.enum(['failed', 'skipped', 'waiting']),
          error: errorInfo.nullable(),
        }),
      ),
      nextCursor: count.nullable(),
    }),
  },
  'description.start': {
    reads: false,
    input: z.object({
      ...scope,
      connectionId,
      options: runOptions,
      /** For both connections together. */
      budgetMicroUsd: z.number().int().positive().nullable(),
      fallback: fallback.optional(),
    }),
    output: z.object({
      runId: runId.nullable(),
      photos: count,
      /** Runs of the same connection that were stopped before they were done; they wait until they are asked for again. */
      waitingRuns: z.array(runId),
    }),
  },
  /**
   * What a person says of one or many photos: theirs from now on, whatever a model says later. What is left out stays as it
   * is. Can be undone, as one step.
   */
  'description.edit': {
    reads: false,
    input: z.object({
      photos: selection,
      title: ownText,
      caption: ownText,
      altText: ownText,
      /** `add` and `remove` leave the other keywords to whoever said them; `set` is the whole list; `null` gives them back. */
      keywords: z
        .union([
          z.object({ add: keywords.optional(), remove: keywords.optional() }),
          z.object({ set: keywords }),
        ])
        .nullable()
        .optional(),
      /** The whole list, for one photo; `null` gives it back to the model. */
      objects: z.array(ownObject).max(100).nullable().optional(),
    }),
    part: progressPart,
    output: z.object({ editId: editId.nullable(), photos: count }),
  },
} as const;
