import { expect, test } from 'vitest';
import { insertDescription } from '../../app/captioning/description-store.ts';
import type { CaptionPlan } from '../../app/contract/models/run.ts';
import { timeOfPlan } from '../../app/engine/plan-time.ts';
import { getConnection, upsertConnection } from '../../app/settings/connection-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { addConnection, addPhoto, addRoot } from '../helpers/records.ts';

const plan = { photos: 1_000, requests: 0 } as CaptionPlan;

test('the built-in describer takes as long for a photo as for its last ones, and nobody knows before', () => {
  const db = useTestDatabase();
  const rootId = addRoot(db);
  const none = { endpoint: null, form: null, apiVersion: null, deployment: null };
  const builtIn = upsertConnection(db, { kind: 'built-in', ...none }, 0);
  const other = getConnection(db, addConnection(db));
  expect(timeOfPlan(db, builtIn, plan, { isBatch: false })).toBeUndefined();
  for (let photo = 0; photo < 30; photo += 1) {
    const assetId = addPhoto(db, `${String(photo)}.jpg`, { rootId });
    const said = { assetId, owner: 'model', fields: { caption: 'A heron.' }, imageDataHash: 'hash' } as const;
    insertDescription(db, { ...said, connectionId: builtIn.id, baseline: true }, photo * 250);
    // What another one says in between is not its work.
    insertDescription(db, { ...said, connectionId: other.id }, photo * 250 + 7);
  }
  expect(timeOfPlan(db, builtIn, plan, { isBatch: false })).toBe(250_000);
  expect(timeOfPlan(db, builtIn, { ...plan, photos: 0 }, { isBatch: false })).toBeUndefined();
  expect(timeOfPlan(db, other, plan, { isBatch: false })).toBeUndefined();
});
