import envPaths from 'env-paths';

/** Where this system keeps programs' data: the library, unless a person names another place. */
export function defaultLibraryFolder(): string {
  return envPaths('Cutline', { suffix: '' }).data;
}
