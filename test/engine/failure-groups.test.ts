import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import type { AssetId, RunId } from '../../app/contract/ids.ts';
import { groupFailures } from '../../app/engine/failure-groups.ts';
import type { Failure } from '../../app/search/failure-store.ts';

function failed(id: number, error: ErrorInfo, run: number | null = null): Failure {
  const assetId = id as AssetId; // why: of no database
  const runId = run as RunId | null; // why: the same
  return { assetId, error, runId, jobId: null, isUnreadable: true };
}

const damaged = (what: string, reason: string): ErrorInfo => ({
  code: 'file-damaged',
  details: { what, reason, path: `/photos/${reason}` },
});

test('what is said of several photos is true of each of them', () => {
  const groups = groupFailures(
    [
      failed(1, damaged('video', 'Its index is missing.')),
      failed(2, damaged('RAW file', 'Its end is missing.')),
      failed(3, damaged('video', 'Its header is missing.')),
      failed(4, { code: 'file-empty', details: {} }),
    ],
    { byRun: false },
  );
  expect(
    groups.map(({ error, failures }) => [failures.map(({ assetId }) => assetId), error.details]),
  ).toEqual([
    [[1, 3], { what: 'video' }],
    [[2], { what: 'RAW file', reason: 'Its end is missing.', path: '/photos/Its end is missing.' }],
    [[4], {}],
  ]);
});

test('runs are kept apart where that is asked for', () => {
  const refused: ErrorInfo = { code: 'refused', details: {} };
  const failures = [failed(1, refused, 1), failed(2, refused, 2), failed(3, refused, 2)];
  const sizes = (byRun: boolean) => groupFailures(failures, { byRun }).map((group) => group.failures.length);
  expect(sizes(true)).toEqual([2, 1]);
  expect(sizes(false)).toEqual([3]);
});
