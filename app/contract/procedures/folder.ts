import { z } from 'zod';
import { errorInfo } from '../models/error-info.ts';

const folderEntry = z.object({ path: z.string(), name: z.string() });

/** Folders of this machine, for choosing one where there is no dialog of the system's own. */
export const folderProcedures = {
  'folder.list': {
    reads: true,
    input: z.object({
      /** Absolute. @default the person's own folder */
      path: z.string().min(1).optional(),
      /** @default false */
      showsHidden: z.boolean().optional(),
    }),
    output: z.object({
      path: z.string(),
      /** `null` at the top. */
      parent: z.string().nullable(),
      /** By name, as people order names; at most 2 000. */
      folders: z.array(folderEntry),
      isCut: z.boolean(),
      /** Why nothing can be listed here. */
      error: errorInfo.nullable(),
      /** Where people begin: their own folder, their pictures, drives. */
      places: z.array(folderEntry.extend({ kind: z.enum(['home', 'pictures', 'drive']) })),
    }),
  },
} as const;
