import type { ErrorCode, ErrorDetails, ErrorInfo } from '../contract/errors.ts';

/** The one error class of the engine: a code from the closed list, facts for its sentence, and always its cause. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  /** As it crosses the port. */
  toInfo(): ErrorInfo {
    return { code: this.code, details: this.details };
  }
}

/** The system's error code (`ENOENT`, `SQLITE_BUSY` …) where there is one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const diskFull = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const readOnly = new Set([
  'EROFS',
  'EACCES',
  'EPERM',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DIRECTORY',
  'SQLITE_CANTOPEN',
]);

/** What it means to a person that a file could not be opened or read. */
export function fileErrorCode(error: unknown): 'file-missing' | 'file-unreadable' {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'file-missing' : 'file-unreadable';
}

/** SQLite's complaints about a statement or a row; everything else that it says is about the database itself. */
const aboutTheRow = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR)/;

/** Whether the database can no longer be worked with: full, read-only, damaged, or held by another program. */
export function isDatabaseFailure(error: unknown): boolean {
  const code = systemCode(error instanceof AppError && error.cause !== undefined ? error.cause : error);
  return code?.startsWith('SQLITE_') === true && !aboutTheRow.test(code);
}

/** What a failed write means to a person; `undefined` when it is none of the known bad days. */
export function writeErrorCode(error: unknown): 'disk-full' | 'read-only' | undefined {
  const code = systemCode(error);
  if (code === undefined) return undefined;
  if (diskFull.has(code) || code.startsWith('SQLITE_IOERR_WRITE')) return 'disk-full';
  if (readOnly.has(code)) return 'read-only';
  return undefined;
}

const damaged = /^SQLITE_(CORRUPT|NOTADB)/;

/** Any thrown value as an `AppError`: known system errors keep their meaning, everything else is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = writeErrorCode(error);
  if (code !== undefined) return new AppError(code, {}, { cause: error });
  if (damaged.test(systemCode(error) ?? '')) return new AppError('library-damaged', {}, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('internal', { reason }, { cause: error });
}
