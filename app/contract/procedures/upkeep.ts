import { z } from 'zod';
import { finding } from '../finding.ts';
import { assetProcedures } from './asset.ts';
import { count } from './shared.ts';
import { answer } from './thread.ts';

/** Looking after a library: what is wrong with it, and taking what is in it elsewhere. */
export const upkeepProcedures = {
  /**
   * Checks folders, tools, space, keys, connections and the database; tells each finding as it comes. `online`: asks each
   * connection's service about itself, and looks for servers of models on this machine; sends no picture and nothing that costs.
   */
  'library.doctor': {
    reads: true,
    input: z.object({
      online: z.boolean().optional(),
      /** Where servers of models may listen. @default their usual ports */
      ports: z.array(z.number().int().min(1).max(65_535)).max(16).optional(),
    }),
    part: finding,
    output: z.object({ findings: z.array(finding) }),
  },
  /**
   * Saves a checked copy of the library's database in a folder that a person chose, under a name with date and time. Pictures
   * are not in it: they are made again.
   */
  'library.backUp': {
    reads: true,
    input: z.object({ folder: z.string().min(1) }),
    /** Of 0 to 1. */
    part: z.object({ done: z.number().min(0).max(1) }),
    output: z.object({ path: z.string(), sizeBytes: count }),
  },
  /** Removes thumbnails and previews that belong to no photo. */
  'library.tidy': {
    reads: false,
    input: z.object({}),
    output: z.object({ files: count, sizeBytes: count }),
  },
  /** A page of everything that is known of the photos that a query finds, oldest first. */
  'library.export': {
    reads: true,
    input: z.object({
      query: z.string().optional(),
      after: z.string().optional(),
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: z.object({
      photos: z.array(
        assetProcedures['asset.get'].output.extend({
          /** What a person says of its folder and of those around it, outermost first. */
          notes: z.array(z.string()),
          /** Every question about it, and its answer, oldest first. */
          questions: z.array(answer),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  },
} as const;
