import { realPathOrSelf } from './paths.ts';

/** Where pictures go that are named by their address. Beside the library, as what is in it is never scanned. */
export function webFolderOf(libraryFolder: string): string {
  return realPathOrSelf(`${libraryFolder}-web`);
}
