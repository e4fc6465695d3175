import type { ErrorInfo } from '../contract/errors.ts';
import type { RootId } from '../contract/ids.ts';
import { AppError } from '../platform/errors.ts';
import type { LibraryContext } from './context.ts';
import { lookAtRoot } from './root-presence.ts';
import { inTurn } from './root-turns.ts';
import { getRoot, setRootScanned, setRootState } from './root-store.ts';
import { ScanPass, type ScanCounts, type ScanOptions, type UnreadablePath } from './scan-pass.ts';
import type { ChangingFile } from './settle.ts';

export type ScanResult =
  | ({
      readonly status: 'scanned';
      /** Still being written; left as they were. Each says when to look again. */
      readonly changing: readonly ChangingFile[];
      /** What could not be looked at; what is known of it stays. */
      readonly unreadable: readonly UnreadablePath[];
    } & ScanCounts)
  /** Nothing was touched. */
  | { readonly status: 'offline'; readonly error: ErrorInfo };

/**
 * Walks a root, or one folder of it (`prefix`), and brings what is known up to what is there. Takes turns with the rest of
 * the engine; waits for another scan of the root.
 *
 * @throws {AppError} `not-found`; `canceled`: what was seen is kept, and nothing counts as missing.
 */
export async function scanRoot(
  context: LibraryContext,
  rootId: RootId,
  options: ScanOptions & { readonly prefix?: string } = {},
): Promise<ScanResult> {
  const prefix = options.prefix ?? '';
  return inTurn(context, rootId, () =>
    scan(context, rootId, options, prefix === '', (pass) => pass.readFolder(prefix)),
  );
}

/**
 * Looks at some folders of a root, as a watcher names them: at the files directly in each, and at everything under those
 * of its subfolders that are new. Folders are relative to the root; empty is the root itself.
 *
 * @throws {AppError} as `scanRoot`.
 */
export async function scanDirectories(
  context: LibraryContext,
  rootId: RootId,
  directories: readonly string[],
  options: ScanOptions = {},
): Promise<ScanResult> {
  return inTurn(context, rootId, () =>
    scan(context, rootId, options, false, (pass) => pass.readDirectories(directories)),
  );
}

async function scan(
  context: LibraryContext,
  rootId: RootId,
  options: ScanOptions,
  isWhole: boolean,
  read: (pass: ScanPass) => Promise<void>,
): Promise<ScanResult> {
  const root = getRoot(context.read, rootId);
  const goOffline = (error: ErrorInfo): ScanResult => {
    if (getRoot(context.read, rootId).state !== 'offline') {
      context.transact((db) => {
        setRootState(db, rootId, 'offline');
      });
    }
    return { status: 'offline', error };
  };
  const before = lookAtRoot(context.read, root);
  if (before.status === 'offline') return goOffline(before.error);
  if (root.state === 'offline') {
    context.transact((db) => {
      setRootState(db, rootId, 'online');
    });
  }
  const pass = new ScanPass(context, root, options);
  try {
    await read(pass);
  } catch (error) {
    if (error instanceof AppError && error.code === 'root-offline') return goOffline(error.toInfo());
    throw error;
  }
  // A drive that was pulled out meanwhile makes everything look deleted.
  const after = lookAtRoot(context.read, root);
  if (after.status === 'offline') return goOffline(after.error);
  const result = await pass.finish();
  if (isWhole) {
    context.transact((db) => {
      setRootScanned(db, rootId, after.identity, context.clock.now());
    });
  }
  return { status: 'scanned', ...result };
}
