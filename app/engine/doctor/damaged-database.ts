import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../contract/finding.ts';
import { libraryFiles } from '../../db/open.ts';
import { AppError, toAppError } from '../../platform/errors.ts';
import { toFinding } from './to-finding.ts';

/** Which file is damaged, how, and what lies beside it that can take its place. */
export function damagedDatabase(libraryFolder: string, reason: string): Finding {
  return toFinding('database-damaged', {
    path: join(libraryFolder, libraryFiles.database),
    reason,
    copies: listCopies(libraryFolder).join(', '),
  });
}

/** Why the database is damaged, when that is what ended something; `undefined` for every other error. */
export function damageIn(error: unknown): string | undefined {
  const known = toAppError(error);
  if (known.code !== 'library-damaged') return undefined;
  const { reason } = known.details;
  if (typeof reason === 'string') return reason;
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof Error ? cause.message : known.code;
}

/** Backups that were put here, and the copies that are made before an update changes the database; newest name first. */
function listCopies(libraryFolder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(libraryFolder);
  } catch {
    return []; // A folder that cannot be read is a finding of its own.
  }
  return names
    .filter((name) => name !== libraryFiles.database && /\.(?:db|bak)$/u.test(name))
    .toSorted()
    .toReversed();
}
