import { z } from 'zod';
import { savedSearchId } from '../ids.ts';
import { gridSort } from './shared.ts';

const name = z.string().trim().min(1).max(200);

const savedSearch = z.object({
  id: savedSearchId,
  name: z.string(),
  query: z.string(),
  /** `null`: as everywhere. */
  sort: gridSort.nullable(),
});

/** Searches with a name. A name is given once, whatever its case. */
export const savedSearchProcedures = {
  'savedSearch.list': { reads: true, input: z.object({}), output: z.array(savedSearch) },
  /** Under a name that is taken, the new search takes the place of the old one. */
  'savedSearch.save': {
    reads: false,
    input: z.object({ name, query: z.string().max(65_536), sort: gridSort.nullable().optional() }),
    output: savedSearch,
  },
  'savedSearch.rename': {
    reads: false,
    input: z.object({ id: savedSearchId, name }),
    output: savedSearch,
  },
  'savedSearch.remove': { reads: false, input: z.object({ id: savedSearchId }), output: z.object({}) },
} as const;
