import { z } from 'zod';
import { rootId } from '../ids.ts';
import { privacy } from '../models/root.ts';

const folderPrivacy = z.object({
  rootId,
  /** From the root, with `/`; empty for the root itself. */
  relativePath: z.string(),
  /** Absolute. */
  path: z.string(),
  privacy,
});

/** Where the photos of a folder and everything below it may go (DESIGN §6, Privacy). The innermost folder decides. */
export const folderPrivacyProcedures = {
  /** Folders inside roots that have a privacy of their own. */
  'folder.listPrivacies': { reads: true, input: z.object({}), output: z.array(folderPrivacy) },
  /**
   * A root, or a folder inside one, by its absolute path or as the engine names it. What is the same as around a folder is not kept
   * for it: it changes with what is around it.
   */
  'folder.setPrivacy': {
    reads: false,
    input: z.union([
      z.object({ path: z.string().min(1), privacy }),
      z.object({ rootId, relativePath: z.string(), privacy }),
    ]),
    output: folderPrivacy,
  },
} as const;
