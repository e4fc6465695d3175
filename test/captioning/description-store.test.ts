import { array, assert, constantFrom, integer, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyDescription,
  insertDescription,
  listHalfUndoneRuns,
  replaceFileStatement,
  retireStatements,
  retractRun,
} from '../../app/captioning/description-store.ts';
import { listDescriptions } from '../../app/captioning/history-store.ts';
import { findCurrentDescription } from '../../app/captioning/current-store.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { DescriptionFields } from '../../app/contract/models/description.ts';
import type { Database } from '../../app/db/connection.ts';
import { setRunState } from '../../app/captioning/run-store.ts';
import { explain } from '../helpers/query-plan.ts';
import { addConnection, addPhoto, addRequest, addRoot, addRun } from '../helpers/records.ts';
import { openMemoryDatabase, useTestDatabase } from '../helpers/database.ts';
import { anyFields } from './statements.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

/** How often each keyword is used, as kept. */
const keptCounts = (db: Database) =>
  db.all('SELECT id, asset_count AS count FROM keyword WHERE asset_count <> 0 ORDER BY id');
const recounted = (db: Database) =>
  db.all(
    'SELECT keyword_id AS id, count(*) AS count FROM asset_keyword GROUP BY keyword_id ORDER BY keyword_id',
  );

/** All that a person sees of an asset's description, but for when it changed. */
const shown = (db: Database, assetId: AssetId) => ({
  description: findCurrentDescription(db, assetId),
  keywords: db.all(
    'SELECT name, owner FROM asset_keyword JOIN keyword ON keyword.id = keyword_id WHERE asset_id = ? ORDER BY name',
    [assetId],
  ),
  row: db.get(
    'SELECT baseline, model_answered, connection_id, other_text FROM current_description WHERE asset_id = ?',
    [assetId],
  ),
});

function addTwoPhotos(db: Database): readonly [AssetId, AssetId] {
  const rootId = addRoot(db);
  return [addPhoto(db, 'a.jpg', { rootId }), addPhoto(db, 'b.jpg', { rootId })];
}

describe('a model’s description', () => {
  it('takes the place of the baseline, and stays beside it in the history with where it came from', () => {
    const db = useTestDatabase();
    const [assetId] = addTwoPhotos(db);
    const [builtIn, azure] = [addConnection(db, 'built-in'), addConnection(db)];
    const runId = addRun(db, azure);
    const requestId = addRequest(db, azure, { runId });
    const baseline = { caption: 'A photo taken in the morning.', keywords: ['morning'] };
    insertDescription(
      db,
      { assetId, owner: 'model', baseline: true, connectionId: builtIn, fields: baseline },
      nowMs,
    );
    expect(findCurrentDescription(db, assetId)).toMatchObject({ baseline: true });
    const fields = { caption: 'A heron.', keywords: ['heron', 'water'] };
    insertDescription(
      db,
      {
        assetId,
        owner: 'model',
        connectionId: azure,
        runId,
        requestId,
        fields,
        modelAnswered: 'gpt-4.1',
        detail: 'high',
      },
      nowMs + 1,
    );
    expect(shown(db, assetId)).toMatchObject({
      description: { caption: { text: 'A heron.', owner: 'model' }, baseline: false, reviewState: 'draft' },
      keywords: [{ name: 'heron' }, { name: 'water' }],
      row: { connection_id: azure, model_answered: 'gpt-4.1' },
    });
    expect(listDescriptions(db, assetId)).toMatchObject([
      { fields, live: true, baseline: false, runId, requestId, modelAnswered: 'gpt-4.1', detail: 'high' },
      { fields: baseline, live: true, baseline: true, runId: null, connection: 'built-in' },
    ]);
  });

  it('is shown for a twin too, and undone with it', () => {
    const db = useTestDatabase();
    const [first, twin] = addTwoPhotos(db);
    const azure = addConnection(db);
    const runId = addRun(db, azure);
    const fields = { caption: 'A heron.', keywords: ['heron'] };
    const id = insertDescription(
      db,
      { assetId: first, owner: 'model', connectionId: azure, fields, imageDataHash: 'h' },
      nowMs,
    );
    copyDescription(db, id, twin, runId, nowMs);
    expect(findCurrentDescription(db, twin)).toEqual(findCurrentDescription(db, first));
    expect(keptCounts(db)).toMatchObject([{ count: 2 }]);
    expect(retractRun(db, runId, nowMs)).toEqual([twin]);
    expect(findCurrentDescription(db, twin)).toBeUndefined();
    expect(findCurrentDescription(db, first)).toMatchObject({ caption: { text: 'A heron.' } });
  });
});

it('loses what models said of a picture that is another now; a person’s word waits for review', () => {
  const db = useTestDatabase();
  const [assetId, other] = addTwoPhotos(db);
  const azure = addConnection(db);
  const runId = addRun(db, azure);
  for (const id of [assetId, other]) {
    const fields = { caption: 'A heron.', keywords: ['heron'], recognizedText: 'NO ENTRY' };
    insertDescription(db, { assetId: id, owner: 'model', connectionId: azure, runId, fields }, nowMs);
  }
  insertDescription(db, { assetId, owner: 'person', fields: { title: 'Our heron' } }, nowMs);
  db.run("UPDATE current_description SET review_state = 'accepted'");

  retireStatements(db, assetId, nowMs + 1);

  expect(shown(db, assetId)).toMatchObject({
    description: {
      title: { text: 'Our heron', owner: 'person' },
      caption: null,
      recognizedText: null,
      reviewState: 'draft',
    },
    keywords: [],
    row: { connection_id: null },
  });
  expect(listDescriptions(db, assetId).map(({ owner, live }) => [owner, live])).toEqual([
    ['person', true],
    ['model', false],
  ]);
  expect(findCurrentDescription(db, other)).toMatchObject({
    recognizedText: 'NO ENTRY',
    reviewState: 'accepted',
  });
});

describe('what stands in the file', () => {
  it('replaces what stood there before, and nothing happens when it says the same', () => {
    const db = useTestDatabase();
    const [assetId] = addTwoPhotos(db);
    expect(replaceFileStatement(db, assetId, {}, nowMs)).toBe(false);
    expect(replaceFileStatement(db, assetId, { keywords: ['heron', 'Bavaria'] }, nowMs)).toBe(true);
    expect(replaceFileStatement(db, assetId, { keywords: ['heron', 'Bavaria'] }, nowMs)).toBe(false);
    expect(replaceFileStatement(db, assetId, { keywords: ['heron'] }, nowMs)).toBe(true);
    expect(shown(db, assetId).keywords).toEqual([{ name: 'heron', owner: 'file' }]);
    expect(replaceFileStatement(db, assetId, {}, nowMs)).toBe(true);
    expect(findCurrentDescription(db, assetId)).toBeUndefined();
  });
});

type Step = {
  readonly asset: number;
  readonly does: 'model' | 'baseline' | 'person' | 'file' | 'undo';
  readonly fields: DescriptionFields;
};

const step: Arbitrary<Step> = record({
  asset: integer({ min: 0, max: 1 }),
  does: constantFrom('model', 'model', 'baseline', 'person', 'file', 'undo'),
  fields: anyFields,
});

describe('undoing a run', () => {
  it('may go in pages; what is left is found, without reading what was taken back', () => {
    const db = useTestDatabase();
    const assets = addTwoPhotos(db);
    const connectionId = addConnection(db);
    const runId = addRun(db, connectionId);
    for (const assetId of assets) {
      insertDescription(
        db,
        { assetId, owner: 'model', connectionId, runId, fields: { caption: 'A heron.' } },
        nowMs,
      );
    }
    setRunState(db, runId, 'undone', null, nowMs);
    const plan = explain(db, (explained) => {
      expect(retractRun(explained, runId, nowMs, 1)).toHaveLength(1);
      expect(listHalfUndoneRuns(explained)).toEqual([runId]);
      expect(retractRun(explained, runId, nowMs, 1)).toHaveLength(1);
      expect(retractRun(explained, runId, nowMs, 1)).toEqual([]);
    });
    expect(listHalfUndoneRuns(db)).toEqual([]);
    const ofRun = plan.filter((line) => line.includes('description_run'));
    expect(ofRun).toHaveLength(4);
    expect(ofRun.filter((line) => !line.includes('(run_id=? AND live=?)'))).toEqual([]);
  });

  it('gives back exactly what was there before it, whatever else was said', () => {
    assert(
      property(
        array(step, { maxLength: 6 }),
        array(step, { minLength: 1, maxLength: 3 }),
        (before, ofRun) => {
          const db = openMemoryDatabase();
          try {
            const assets = addTwoPhotos(db);
            const azure = addConnection(db);
            const runId = addRun(db, azure);
            for (const one of before) act(db, assets, one);
            const was = assets.map((assetId) => shown(db, assetId));
            for (const { asset, fields } of ofRun) {
              const assetId = assets[asset]!;
              insertDescription(db, { assetId, owner: 'model', connectionId: azure, runId, fields }, nowMs);
            }
            const touched = new Set(ofRun.map(({ asset }) => assets[asset]));
            expect(new Set(retractRun(db, runId, nowMs))).toEqual(touched);
            expect(assets.map((assetId) => shown(db, assetId))).toEqual(was);
            expect(retractRun(db, runId, nowMs)).toEqual([]);
          } finally {
            db.close();
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** Somebody says something of one of the photos, or takes back an own run's words. */
function act(db: Database, assets: readonly AssetId[], { asset, does, fields }: Step): void {
  const assetId = assets[asset]!;
  const connectionId = addConnection(db, does === 'baseline' ? 'built-in' : 'azure-openai');
  switch (does) {
    case 'file':
      replaceFileStatement(db, assetId, fields, nowMs);
      break;
    case 'person':
      insertDescription(db, { assetId, owner: 'person', fields }, nowMs);
      break;
    case 'undo': {
      const runId = addRun(db, connectionId);
      insertDescription(db, { assetId, owner: 'model', connectionId, runId, fields }, nowMs);
      retractRun(db, runId, nowMs);
      break;
    }
    default:
      insertDescription(
        db,
        { assetId, owner: 'model', baseline: does === 'baseline', connectionId, fields },
        nowMs,
      );
  }
}

describe('how many photos have a keyword', () => {
  it('is what counting them gives, whatever was said, undone and deleted', () => {
    assert(
      property(array(step, { maxLength: 10 }), integer({ min: 0, max: 10 }), (steps, deletedAfter) => {
        const db = openMemoryDatabase();
        try {
          const assets = addTwoPhotos(db);
          for (const [index, one] of steps.entries()) {
            if (index === deletedAfter) db.run('DELETE FROM asset WHERE id = ?', [assets[0]]);
            if (index < deletedAfter || one.asset === 1) act(db, assets, one);
            expect(keptCounts(db)).toEqual(recounted(db));
          }
        } finally {
          db.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
