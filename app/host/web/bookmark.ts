import { randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import { systemCode } from '../../platform/errors.ts';

/** What makes a page's address: kept, so that a bookmark still works after a restart. */
export type Bookmark = { readonly key: string; readonly port: number };

const fileName = 'serve.json';
/** For the owner alone: whoever reads it can open the library. */
const fileMode = 0o600;

const bookmark = z.object({
  key: z.string().regex(/^[\w-]{43}$/),
  port: z.number().int().min(1).max(65_535),
});

/** 256 bits: nobody guesses it. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** `undefined` when there is none, or none that can be used: then a new one takes its place. */
export async function readBookmark(folder: string): Promise<Bookmark | undefined> {
  const path = join(folder, fileName);
  try {
    const parsed = bookmark.safeParse(JSON.parse(await readFile(path, 'utf8')));
    // It may have been copied with other rights.
    await chmod(path, fileMode);
    return parsed.data;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function writeBookmark(folder: string, { key, port }: Bookmark): Promise<void> {
  await writeFileAtomic(join(folder, fileName), `${JSON.stringify({ key, port })}\n`, { mode: fileMode });
}
