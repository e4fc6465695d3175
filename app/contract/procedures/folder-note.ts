import { z } from 'zod';
import { rootId } from '../ids.ts';

const folderNote = z.object({
  rootId,
  /** Absolute. */
  path: z.string(),
  note: z.string(),
});

/** Longer, it would be paid for with every photo of the folder. */
export const longestFolderNote = 300;

/** What a person says of a folder and everything below it: it is told to whoever describes the photos. */
export const folderNoteProcedures = {
  /** The notes that hold for a folder: its own and those of the folders around it, outermost first. */
  'folder.getNotes': {
    reads: true,
    input: z.object({ path: z.string().min(1) }),
    output: z.array(folderNote),
  },
  'folder.listNotes': { reads: true, input: z.object({}), output: z.array(folderNote) },
  /** An empty note, or `null`, takes it away. */
  'folder.setNote': {
    reads: false,
    input: z.object({ path: z.string().min(1), note: z.string().max(longestFolderNote).nullable() }),
    output: folderNote.extend({ note: z.string().nullable() }),
  },
} as const;
