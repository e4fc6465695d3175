import type { ErrorCode } from '../contract/errors.ts';
import { systemCode } from '../platform/errors.ts';

/** What it means to a person that a file could not be opened or read. */
export function fileErrorCode(error: unknown): ErrorCode {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'file-missing' : 'file-unreadable';
}
