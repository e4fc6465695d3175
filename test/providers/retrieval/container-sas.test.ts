import { expect, test } from 'vitest';
import { parseContainerSas, signedUrl } from '../../../app/providers/retrieval/container-sas.ts';
import { AppError } from '../../../app/platform/errors.ts';

const nowMs = Date.parse('2026-06-01T12:00:00Z');
const good =
  'https://acct.blob.core.windows.net/videos?sp=rcw&st=2026-06-01T00:00:00Z&se=2026-06-02T00:00:00Z&spr=https&sv=2022-11-02&sr=c&sig=c2VjcmV0%2Bsignature%3D';

function failure(typed: string): AppError {
  try {
    parseContainerSas(typed, nowMs);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('it was taken');
}

test('the address of a blob keeps the signature as it was signed', () => {
  const sas = parseContainerSas(`  "${good}" `, nowMs);
  expect(signedUrl(sas, 'a b.mp4')).toBe(good.replace('/videos?', '/videos/a%20b.mp4?'));
  expect(sas.expiresAtMs).toBe(Date.parse('2026-06-02T00:00:00Z'));
});

test.each([
  ['nothing like an address', 'videos'],
  ['no signature', good.replace(/&sig=.*/, '')],
  ['a blob’s own signature', good.replace('sr=c', 'sr=b')],
  ['no reading', good.replace('sp=rcw', 'sp=cw')],
  ['no writing', good.replace('sp=rcw', 'sp=rl')],
  ['no container', good.replace('/videos', '/')],
  ['plain http to somebody else', good.replace('https://', 'http://')],
])('%s is said before anything is sent, without the signature', (_what, typed) => {
  const error = failure(typed);
  expect(error.code).toBe('invalid-input');
  expect(error.message).not.toContain('c2VjcmV0');
});

test('one that has expired', () => {
  expect(failure(good.replace('se=2026-06-02', 'se=2026-06-01')).code).toBe('sas-expired');
});

test('the signature of a whole account, and of a stored policy, will do', () => {
  const account = good.replace('sr=c', 'ss=b&srt=co');
  expect(parseContainerSas(account, nowMs).container).toBe('https://acct.blob.core.windows.net/videos');
  const policy = 'https://acct.blob.core.windows.net/videos?si=policy&sv=2022-11-02&sr=c&sig=abc';
  expect(parseContainerSas(policy, nowMs).expiresAtMs).toBeUndefined();
});
