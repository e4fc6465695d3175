import { z } from 'zod';
import { rootId } from '../ids.ts';

const folderNote = z.object({
  rootId,
  /** From the root, with `/`; empty for the root itself. */
  relativePath: z.string(),
  /** Absolute. */
  path: z.string(),
  note: z.string(),
});

/** Longer, it would be paid for with every photo of the folder. */
export const longestFolderNote = 300;

/** An empty note, or `null`, takes it away. */
const note = z.string().max(longestFolderNote).nullable();

/** What a person says of a folder and everything below it: it is told to whoever describes the photos. */
export const folderNoteProcedures = {
  /** The notes that hold for a folder: its own and those of the folders around it, outermost first. */
  'folder.getNotes': {
    reads: true,
    input: z.object({ path: z.string().min(1) }),
    output: z.array(folderNote),
  },
  'folder.listNotes': { reads: true, input: z.object({}), output: z.array(folderNote) },
  /** The folder by its absolute path, or as the engine names it. */
  'folder.setNote': {
    reads: false,
    input: z.union([
      z.object({ path: z.string().min(1), note }),
      z.object({ rootId, relativePath: z.string(), note }),
    ]),
    output: folderNote.extend({ note: z.string().nullable() }),
  },
} as const;
