import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where this system keeps programs' data: the library, unless a person names another place. */
export function defaultLibraryFolder(): string {
  return envPaths('Cutline', { suffix: '' }).data;
}

/** Where keys are kept on a system that has no place for them: not in a library, which may lie on a share or in a backup. */
export function secretsPath(): string {
  return join(envPaths('Cutline', { suffix: '' }).config, 'keys.json');
}
