import { describe, expect, it } from 'vitest';
import { findCandidate, listCandidates } from '../../app/captioning/candidate-store.ts';
import { describeKey } from '../../app/captioning/described-store.ts';
import { insertDescription } from '../../app/captioning/description-store.ts';
import { countDescribed, listUndescribed } from '../../app/captioning/report-store.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { claimJobs, endJob, insertJobs } from '../../app/queue/job-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { addConnection, addFile, addPhoto, addRoot } from '../helpers/records.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

/** A library with one photo of each fate. */
function useLibrary() {
  const db = useTestDatabase();
  const rootId = addRoot(db);
  const asker = { id: addConnection(db), kind: 'azure-openai', isLocal: false } as const;
  const described = addPhoto(db, 'a/described.jpg', { rootId });
  insertDescription(
    db,
    {
      assetId: described,
      owner: 'model',
      connectionId: asker.id,
      fields: { caption: 'A heron.' },
      imageDataHash: 'hash of a/described.jpg',
    },
    nowMs,
  );
  const refused = addPhoto(db, 'a/refused.jpg', { rootId });
  const dedupeKey = describeKey(asker.id, findCandidate(db, refused)!);
  insertJobs(db, [{ kind: 'caption-asset', lane: 'lane', payload: {}, dedupeKey }], nowMs);
  const job = claimJobs(db, 'lane', { limit: 1, session: 'session', nowMs })[0]!;
  endJob(
    db,
    job.id,
    'session',
    { state: 'failed', error: { code: 'refused', details: {} }, attempts: 1 },
    nowMs,
  );
  addPhoto(db, 'a/waiting.jpg', { rootId });
  const broken = addPhoto(db, 'b/broken.jpg', { rootId, state: 'unreadable' });
  const later = addPhoto(db, 'b/later.heic', { rootId, state: 'unsupported' });
  setError(db, broken, 'file-damaged');
  setError(db, later, 'unsupported-format');
  addFile(db, 'b/notes.txt', rootId, null);
  addPhoto(db, 'private.jpg', { rootId: addRoot(db, '/private', 'built-in-only') });
  const offline = addRoot(db, '/offline');
  addPhoto(db, 'unplugged.jpg', { rootId: offline });
  db.run("UPDATE root SET state = 'offline' WHERE id = ?", [offline]);
  return { db, rootId, asker };
}

function setError(db: Database, assetId: number, code: string): void {
  db.run('UPDATE asset SET error = ? WHERE id = ?', [JSON.stringify({ code, details: {} }), assetId]);
}

describe('every file that is there', () => {
  it('is described, or it is said why it is not', () => {
    const { db, asker } = useLibrary();
    expect(countDescribed(db, asker, {})).toBe(1);
    const reported = listUndescribed(db, asker, {}, 0, 100);
    expect(reported.map(({ relativePath, outcome, error }) => [relativePath, outcome, error?.code])).toEqual([
      ['a/refused.jpg', 'failed', 'refused'],
      ['a/waiting.jpg', 'waiting', undefined],
      ['b/broken.jpg', 'failed', 'file-damaged'],
      ['b/later.heic', 'skipped', 'unsupported-format'],
      ['b/notes.txt', 'skipped', 'not-a-photo'],
      ['private.jpg', 'skipped', 'privacy'],
      ['unplugged.jpg', 'skipped', 'root-offline'],
    ]);
    // What is still to be done is what a run would take up.
    const waiting = reported.filter(({ outcome }) => outcome === 'waiting').map(({ assetId }) => assetId);
    expect([...listCandidates(db, asker, {})].map(({ assetId }) => assetId)).toEqual(waiting);
  });

  it('can be asked for by folder, by file and by page', () => {
    const { db, asker, rootId } = useLibrary();
    const paths = (prefix: string) =>
      listUndescribed(db, asker, { folders: [{ rootId, prefix }] }, 0, 100).map(
        ({ relativePath }) => relativePath,
      );
    expect(paths('b')).toEqual(['b/broken.jpg', 'b/later.heic', 'b/notes.txt']);
    expect(paths('b/notes.txt')).toEqual(['b/notes.txt']);
    expect(countDescribed(db, asker, { folders: [{ rootId, prefix: 'a' }] })).toBe(1);
    expect(countDescribed(db, asker, { folders: [{ rootId, prefix: 'b' }] })).toBe(0);

    const broken = db.pluck<AssetId>("SELECT asset_id FROM file WHERE relative_path = 'b/broken.jpg'");
    const plan = explain(db, (explained) => {
      const found = listUndescribed(explained, asker, { assetIds: broken }, 0, 100);
      expect(found.map(({ relativePath }) => relativePath)).toEqual(['b/broken.jpg']);
    });
    // A page of a search result costs what it holds, not what the library holds.
    expect(plan.filter((line) => /\bf\b/.test(line))).toEqual([
      expect.stringContaining('INDEX file_asset (asset_id=?'),
    ]);

    const all = listUndescribed(db, asker, {}, 0, 100);
    const first = listUndescribed(db, asker, {}, 0, 3);
    expect([...first, ...listUndescribed(db, asker, {}, first.at(-1)!.fileId, 100)]).toEqual(all);
  });
});
