import { z } from 'zod';
import { rootId } from '../ids.ts';
import { rootState } from '../models/root.ts';
import { count } from './shared.ts';

export const facetField = z.enum([
  'keyword',
  'place',
  'camera',
  'lens',
  'format',
  'label',
  'rating',
  'color',
  'review',
  'state',
]);
export type FacetField = z.infer<typeof facetField>;

const facetValue = z.object({
  value: z.string(),
  count,
  /** The filter that finds these, to be put behind what is searched already. */
  query: z.string(),
});
export type FacetValue = z.infer<typeof facetValue>;

/** What a query finds, counted by what it is: all of it, not only a page. Without a query: the whole library. */
export const facetProcedures = {
  'facet.list': {
    reads: true,
    input: z.object({
      query: z.string().optional(),
      fields: z.array(facetField).min(1),
      /** Values of each field, most photos first. @default 50 */
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: z.object({
      total: count,
      facets: z.array(
        z.object({
          field: facetField,
          values: z.array(facetValue),
          /** How many values there are in all. */
          distinct: count,
        }),
      ),
    }),
  },
  /** Each folder that has photos in it or below it, in the order of a tree: a parent stands before its folders. */
  'facet.folders': {
    reads: true,
    input: z.object({ query: z.string().optional() }),
    output: z.object({
      folders: z.array(
        z.object({
          rootId,
          /** From the root, with `/`; empty for the root itself. */
          relativePath: z.string(),
          name: z.string(),
          /** 0 for a root. */
          depth: count,
          /** In the folder itself. */
          photos: count,
          /** In it and below it. */
          photosBelow: count,
          state: rootState,
          query: z.string(),
        }),
      ),
      /** There are more than are listed. */
      isCut: z.boolean(),
    }),
  },
  /** Oldest first. A photo without a capture time counts in the month of its file's time, as the grid shows it. */
  'facet.months': {
    reads: true,
    input: z.object({ query: z.string().optional() }),
    output: z.object({
      months: z.array(z.object({ /** `2019-05` */ month: z.string(), photos: count })),
    }),
  },
} as const;
