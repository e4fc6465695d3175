import { expect, test } from 'vitest';
import { insertDescription } from '../../app/captioning/description-store.ts';
import { hasCandidates } from '../../app/engine/plan.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { addConnection, addPhoto, addRoot } from '../helpers/records.ts';

test('a look at a root in which all is described gives others their turns', async () => {
  const db = useTestDatabase();
  const rootId = addRoot(db);
  const asker = { id: addConnection(db), kind: 'azure-openai', isLocal: false } as const;
  const fields = { caption: 'A heron.' };
  db.transact(() => {
    for (let photo = 0; photo < 2_100; photo += 1) {
      const path = `photo-${String(photo)}.jpg`;
      const assetId = addPhoto(db, path, { rootId });
      const imageDataHash = `hash of ${path}`;
      insertDescription(db, { assetId, owner: 'model', connectionId: asker.id, fields, imageDataHash }, 0);
    }
  });
  const scope = { folders: [{ rootId, prefix: '' }] };
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  expect(await hasCandidates(db, asker, scope)).toBe(false);
  isOver = true;
  // Five pages of 500.
  expect(turns).toBeGreaterThanOrEqual(4);
  addPhoto(db, 'new.jpg', { rootId });
  expect(await hasCandidates(db, asker, scope)).toBe(true);
});
