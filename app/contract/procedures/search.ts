import { z } from 'zod';
import { assetId } from '../ids.ts';
import { matchKind, photoMatch, photoSummary } from '../match.ts';
import { errorInfo } from '../models/error-info.ts';
import { count } from './shared.ts';

/** Where something stands in what was typed, in UTF-16 units. */
const range = { start: count, end: count };

/** Photos that belong together, and how many they are. */
const lookGroup = z.object({ id: count, photos: count });

const otherWord = z.object({ asked: z.string(), word: z.string(), by: matchKind });

/** So many photos have the typed words themselves that no other forms, synonyms and kinds were looked for. */
const leavesOutOthers = z.boolean();

/** Finding photos. */
export const searchProcedures = {
  'search.query': {
    reads: true,
    input: z.object({
      query: z.string(),
      /** The last word is still being typed: it stands for all that begin so. */
      asYouType: z.boolean().optional(),
      limit: z.number().int().min(1).max(500).optional(),
      sort: z.enum(['relevance', 'newest', 'oldest', 'name', 'rating']).optional(),
      after: z.string().optional(),
    }),
    output: z.object({
      total: count,
      totalIsCapped: z.boolean(),
      photos: z.array(
        photoSummary.extend({
          /** Why it was found, the best field first; empty when only filters were asked for. */
          matches: z.array(photoMatch),
          /** Photos of the same burst have the same number; `null` for a photo of its own. */
          burst: lookGroup.nullable(),
          /** The same for photos that look nearly the same: `is:near-duplicate`. */
          nearDuplicates: lookGroup.nullable(),
          /** Why it has failed (`is:failed`). */
          failure: errorInfo.nullable(),
        }),
      ),
      nextCursor: z.string().nullable(),
      /** Hints about filters that were not understood. */
      notes: z.array(z.string()),
      /** Words that nobody typed and that found photos of this page: "also found: lighthouse". */
      otherWords: z.array(otherWord),
      leavesOutOthers,
    }),
  },
  /** Why photos that a query found were found; in the order in which they are named, without those that are none any more. */
  'search.explain': {
    reads: true,
    input: z.object({
      query: z.string(),
      asYouType: z.boolean().optional(),
      assetIds: z.array(assetId).max(500),
    }),
    output: z.object({
      photos: z.array(photoSummary.extend({ matches: z.array(photoMatch) })),
      otherWords: z.array(otherWord),
      leavesOutOthers,
    }),
  },
  /** What a query says, for chips: each part with its place in the text, and what was not understood. */
  'search.parse': {
    reads: true,
    input: z.object({ query: z.string() }),
    output: z.object({
      parts: z.array(
        z.object({
          ...range,
          kind: z.enum(['text', 'filter', 'date']),
          /** The filter or the field that is searched; `null` for words anywhere and for dates. */
          field: z.string().nullable(),
          isNegated: z.boolean(),
          /** Days of a date, both included: `2019-06-01`. */
          days: z.array(z.object({ from: z.string(), to: z.string() })),
        }),
      ),
      notes: z.array(z.object({ ...range, message: z.string() })),
      /** The query in its one best spelling. */
      formatted: z.string(),
    }),
  },
  /** How what is being typed at `at` may go on. */
  'search.complete': {
    reads: true,
    input: z.object({
      query: z.string(),
      /** The cursor, in UTF-16 units. @default the end */
      at: count.optional(),
      limit: z.number().int().min(1).max(50).optional(),
    }),
    output: z.object({
      /** What of the text a completion replaces. */
      ...range,
      items: z.array(
        z.object({
          kind: z.enum(['filter', 'value', 'keyword', 'place', 'camera', 'lens', 'word']),
          /** To be put there. */
          insert: z.string(),
          /** As people read it. */
          label: z.string(),
          /** Photos that have it; `null` where nobody counted. */
          photos: count.nullable(),
        }),
      ),
    }),
  },
  /** Photos that look like one, the most alike first. Turned and mirrored copies are not found. */
  'asset.similar': {
    reads: true,
    input: z.object({
      id: assetId,
      limit: z.number().int().min(1).max(500).optional(),
      /** Bits of 64 that may differ: 0 for copies of another size, 10 for the same scene, 32 for anything. @default 10 */
      distance: z.number().int().min(0).max(32).optional(),
    }),
    output: z.object({ photos: z.array(photoSummary.extend({ distance: count })) }),
  },
} as const;
