import { describe, expect, it } from 'vitest';
import { assetId, threadId } from '../../app/contract/ids.ts';
import { outdatedBy } from '../../renderer/engine/invalidation.ts';

function outdates(changed: readonly number[], shown: number): boolean {
  const data = { assetIds: changed.map((id) => assetId.parse(id)) };
  return outdatedBy('asset.changed', data).some(
    ({ procedure, when }) => procedure === 'asset.get' && (when?.({ id: shown }) ?? true),
  );
}

describe('what an event makes old', () => {
  it('is the photo that changed and no other', () => {
    expect(outdates([7, 8], 8)).toBe(true);
    expect(outdates([7, 8], 9)).toBe(false);
  });

  it('is what was spent, when a question was answered', () => {
    const old = outdatedBy('thread.changed', { threadId: threadId.parse(3) }).map(
      ({ procedure }) => procedure,
    );
    expect(old).toEqual(expect.arrayContaining(['library.summary', 'usage.get', 'usage.total']));
  });

  it('is every photo when too many changed to be named', () => {
    expect(outdates([], 9)).toBe(true);
  });

  it('is a photo that is shown while its file is read', () => {
    expect(outdatedBy('grid.changed', {}).map(({ procedure }) => procedure)).toContain('asset.get');
  });
});
