import { describe, expect, it } from 'vitest';
import { findCandidate } from '../../app/captioning/candidate-store.ts';
import { describeKey } from '../../app/captioning/described-store.ts';
import { insertDescription } from '../../app/captioning/description-store.ts';
import type { ErrorCode } from '../../app/contract/errors.ts';
import type { AssetId, ConnectionId, RunId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { removeConnection } from '../../app/settings/connection-store.ts';
import { claimJobs, endJob, insertJobs } from '../../app/queue/job-store.ts';
import { countFailed, listFailures } from '../../app/search/failure-store.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { listMatches } from '../../app/search/search.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { addConnection, addPhoto, addRoot } from '../helpers/records.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

function failJob(db: Database, photo: AssetId, connectionId: ConnectionId, code: ErrorCode): void {
  const dedupeKey = describeKey(connectionId, findCandidate(db, photo)!); // why: it was just added
  insertJobs(db, [{ kind: 'caption-asset', lane: 'lane', payload: { assetId: photo }, dedupeKey }], nowMs);
  const [job] = claimJobs(db, 'lane', { limit: 1, session: 'session', nowMs });
  const end = { state: 'failed', error: { code, details: {} }, attempts: 1 } as const;
  endJob(db, job!.id, 'session', end, nowMs); // why: it was just added
}

function describeIt(db: Database, assetId: AssetId, connectionId: ConnectionId): void {
  const fields = { caption: 'A crane.' };
  insertDescription(db, { assetId, owner: 'model', connectionId, fields }, nowMs);
}

/** Photos by what became of them. */
function useLibrary() {
  const db = useTestDatabase();
  const rootId = addRoot(db);
  const connectionId = addConnection(db);
  const photo = (name: string, state?: 'unreadable' | 'unsupported') =>
    addPhoto(db, name, { rootId, ...(state !== undefined && { state }) });
  const photos = {
    fine: photo('fine.jpg'),
    refused: photo('refused.jpg'),
    copy: photo('copy.jpg'),
    broken: photo('broken.jpg', 'unreadable'),
    later: photo('later.bmp', 'unsupported'),
    gone: photo('gone.jpg', 'unreadable'),
    excluded: photo('excluded.jpg', 'unreadable'),
  };
  db.run(`UPDATE asset SET error = '{"code":"file-damaged","details":{}}' WHERE state = 'unreadable'`);
  db.run('UPDATE asset SET content_hash = (SELECT content_hash FROM asset WHERE id = ?) WHERE id = ?', [
    photos.refused,
    photos.copy,
  ]);
  db.run("UPDATE file SET state = 'missing' WHERE asset_id = ?", [photos.gone]);
  db.run('UPDATE asset SET is_excluded = 1 WHERE id = ?', [photos.excluded]);
  failJob(db, photos.refused, connectionId, 'refused');
  return { db, connectionId, photos };
}

const namesIn = (photos: Record<string, AssetId>, ids: readonly AssetId[]): string[] =>
  Object.entries(photos).flatMap(([name, id]) => (ids.includes(id) ? [name] : []));

describe('photos that have failed', () => {
  it('are those that cannot be read or were asked for in vain, copies too: by number, by search and one by one', () => {
    const { db, photos } = useLibrary();
    const expected = ['refused', 'copy', 'broken'];
    expect(countFailed(db)).toBe(expected.length);
    expect(namesIn(photos, [...listMatches(db, parseQuery('is:failed'))].flat())).toEqual(expected);
    const failures = listFailures(db);
    expect(
      namesIn(
        photos,
        failures.map(({ assetId }) => assetId),
      ),
    ).toEqual(expected);
    expect(failures.map(({ error, isUnreadable }) => [error.code, isUnreadable])).toEqual([
      ['refused', false],
      ['refused', false],
      ['file-damaged', true],
    ]);
    expect(listFailures(db, [photos.fine, photos.broken]).map(({ assetId }) => assetId)).toEqual([
      photos.broken,
    ]);
  });

  it('are the same, looked up one by one', () => {
    const { db, connectionId, photos } = useLibrary();
    // Known by no content yet, and asked by a connection that is in no list any more.
    const other = addConnection(db, 'azure-openai', { deployment: 'other' });
    db.run('UPDATE asset SET content_hash = NULL WHERE id = ?', [photos.fine]);
    failJob(db, photos.fine, other, 'provider-image-refused');
    failJob(db, photos.refused, other, 'content-filtered');
    removeConnection(db, other, nowMs);
    describeIt(db, photos.broken, connectionId);
    expect(listFailures(db, Object.values(photos))).toEqual(listFailures(db));
    expect(listFailures(db).map(({ assetId }) => assetId)).toEqual([
      photos.fine,
      photos.refused,
      photos.copy,
    ]);
  });

  it('are looked up by what a page shows, not among all that failed', () => {
    const { db, photos } = useLibrary();
    const plan = explain(db, (reader) => {
      listFailures(reader, [photos.fine]);
    }).join('\n');
    expect(plan).toMatch(/job_failed \(dedupe_key=\?\)/);
    expect(plan).not.toMatch(/SCAN (?:asset|job)/);
  });

  it('have not any more, once any model describes them', () => {
    const { db, photos } = useLibrary();
    describeIt(db, photos.copy, addConnection(db, 'azure-openai', { deployment: 'other' }));
    expect(countFailed(db)).toBe(2);
  });

  it('have once, however many connections were asked; the last one says why', () => {
    const { db, photos } = useLibrary();
    failJob(
      db,
      photos.refused,
      addConnection(db, 'azure-openai', { deployment: 'other' }),
      'content-filtered',
    );
    expect(countFailed(db)).toBe(3);
    expect(listFailures(db, [photos.refused])[0]?.error.code).toBe('content-filtered');
  });

  it('say in which run that was', () => {
    const { db, photos } = useLibrary();
    db.exec("INSERT INTO run (id, connection_id, options, plan, created_at_ms) VALUES (7, 1, '{}', '{}', 1)");
    db.run("UPDATE job SET run_id = 7 WHERE state = 'failed'");
    expect(listFailures(db, [photos.refused])[0]?.runId).toBe(7 as RunId); // why: as it was just written
  });

  it('are counted without a look at the others', () => {
    const { db } = useLibrary();
    const plan = explain(db, (reader) => {
      countFailed(reader);
    }).join('\n');
    expect(plan).toMatch(/asset_state/);
    expect(plan).toMatch(/asset_content_hash/);
    expect(plan).toMatch(/job_failed/);
    expect(plan).not.toMatch(/SCAN asset/);
  });
});
