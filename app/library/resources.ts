import { join } from 'node:path';

/**
 * Small binary resources that the engine writes for its pages (the grid's order, for instance), in a folder of the library
 * that may be deleted at any time.
 */
export function resourceFolder(libraryFolder: string): string {
  return join(libraryFolder, 'data');
}

/** Our own names only: no separators, no dots but one, nothing that a file system would read in another way. */
const resourceName = /^[a-z0-9][a-z0-9-]{0,99}(?:\.[a-z0-9]{1,8})?$/;

/** Where a resource is; a function of its arguments alone. `undefined` when the name is none. */
export function resourcePath(libraryFolder: string, name: string): string | undefined {
  return resourceName.test(name) ? join(resourceFolder(libraryFolder), name) : undefined;
}
