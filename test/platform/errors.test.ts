import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError, systemCode, toAppError, writeErrorCode } from '../../app/platform/errors.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

const coded = (code: unknown) => Object.assign(new Error('from the system'), { code });

describe('what a failed write means', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['SQLITE_FULL', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['SQLITE_READONLY', 'read-only'],
    ['ENOENT', undefined],
    [28, undefined],
  ])('%s is %s', (code, meaning) => {
    expect(writeErrorCode(coded(code))).toBe(meaning);
  });

  it.each([[null], ['ENOSPC'], [undefined], [{}]])('%j says nothing', (thrown) => {
    expect(systemCode(thrown)).toBeUndefined();
    expect(writeErrorCode(thrown)).toBeUndefined();
  });
});

describe('anything that was thrown', () => {
  it('keeps what is known of it, and its cause', () => {
    const known = new AppError('refused', { reason: 'no' });
    expect(toAppError(known)).toBe(known);
    const full = coded('ENOSPC');
    expect(toAppError(full)).toMatchObject({ code: 'disk-full', cause: full });
    expect(toAppError(coded('SQLITE_CORRUPT_VTAB')).code).toBe('library-damaged');
    expect(toAppError(coded('SQLITE_NOTADB')).code).toBe('library-damaged');
    expect(toAppError('a text')).toMatchObject({ code: 'internal', details: { reason: 'a text' } });
  });

  it('by a real disk has the code by which we know it', () => {
    const folder = useTemporaryFolder();
    mkdirSync(join(folder, 'a'));
    const write = (): void => {
      writeFileSync(join(folder, 'a'), '');
    };
    expect(write).toThrow(expect.objectContaining({ code: 'EISDIR' }) as Error);
  });

  it('crosses the port as code and facts', () => {
    expect(new AppError('not-found', { what: 'Run 7' }).toInfo()).toEqual({
      code: 'not-found',
      details: { what: 'Run 7' },
    });
  });
});
