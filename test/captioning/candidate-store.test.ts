import { describe, expect, it } from 'vitest';
import {
  findCandidate,
  listCandidatePages,
  listCandidates,
  type ReadDb,
  type Scope,
} from '../../app/captioning/candidate-store.ts';
import {
  describeKey,
  findTwinDescription,
  isDescribed,
  listDescribeKeys,
  listDuplicates,
} from '../../app/captioning/described-store.ts';
import { insertDescription, retractRun } from '../../app/captioning/description-store.ts';
import type { AssetId, ConnectionId, RootId, RunId } from '../../app/contract/ids.ts';
import type { ConnectionKind } from '../../app/contract/models/connection.ts';
import type { Database } from '../../app/db/connection.ts';
import { retryFailedJobs } from '../../app/queue/failed-job-store.ts';
import { claimJobs, endJob, insertJobs } from '../../app/queue/job-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { addConnection, addFile, addPhoto, addRoot, addRun, type PhotoToAdd } from '../helpers/records.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

type Asker = { readonly id: ConnectionId; readonly kind: ConnectionKind; readonly isLocal: boolean };

/** A library with one root and one Azure connection. */
function useLibrary() {
  const db = useTestDatabase();
  const rootId = addRoot(db);
  const azure: Asker = { id: addConnection(db), kind: 'azure-openai', isLocal: false };
  const add = (path: string, photo: Partial<PhotoToAdd> = {}) => addPhoto(db, path, { rootId, ...photo });
  return { db, rootId, azure, add };
}

const pathsOf = (db: Database, asker: Asker, scope: Scope = {}): string[] =>
  [...listCandidates(db, asker, scope)].map(({ relativePath }) => relativePath);

function describeBy(
  db: Database,
  connectionId: ConnectionId,
  assetId: AssetId,
  imageDataHash: string | null,
  runId: RunId | null = null,
): void {
  const fields = { caption: 'A heron.' };
  insertDescription(db, { assetId, owner: 'model', fields, connectionId, imageDataHash, runId }, nowMs);
}

/** Its description by this connection has failed. */
function failFor(db: Database, connectionId: ConnectionId, assetId: AssetId): void {
  const candidate = findCandidate(db, assetId)!;
  const lane = `lane of ${String(connectionId)}`;
  const dedupeKey = describeKey(connectionId, candidate);
  insertJobs(db, [{ kind: 'caption-asset', lane, payload: { assetId }, dedupeKey }], nowMs);
  const job = claimJobs(db, lane, { limit: 1, session: 'session', nowMs })[0]!;
  const error = { code: 'content-filtered', details: {} } as const;
  endJob(db, job.id, 'session', { state: 'failed', error, attempts: 1 }, nowMs);
}

describe('what a connection has still to describe', () => {
  it('is every readable photo that is there, in the order of its path', () => {
    const { db, rootId, azure, add } = useLibrary();
    for (const path of ['b.jpg', 'a/2.jpg', 'a/1.jpg']) add(path);
    add('unreadable.jpg', { state: 'unreadable' });
    add('later.heic', { state: 'unsupported' });
    addFile(db, 'notes.txt', rootId, null);
    add('missing.jpg');
    db.run("UPDATE file SET state = 'missing' WHERE relative_path = 'missing.jpg'");
    expect(pathsOf(db, azure)).toEqual(['a/1.jpg', 'a/2.jpg', 'b.jpg']);
    db.run("UPDATE root SET state = 'offline'");
    expect(pathsOf(db, azure)).toEqual([]);
  });

  it('is not what it has described already, unless the picture is another one since', () => {
    const { db, azure, add } = useLibrary();
    const [same, changed] = [add('same.jpg'), add('changed.jpg')];
    describeBy(db, azure.id, same, 'hash of same.jpg');
    describeBy(db, azure.id, changed, 'hash of it as it was');
    add('new.jpg');
    expect(pathsOf(db, azure)).toEqual(['changed.jpg', 'new.jpg']);
    expect(isDescribed(db, azure, findCandidate(db, same)!)).toBe(true);
    expect(isDescribed(db, azure, findCandidate(db, changed)!)).toBe(false);
  });

  it('is also what another connection has described; built-in leaves alone what anybody has described', () => {
    const { db, azure, add } = useLibrary();
    const builtIn: Asker = { id: addConnection(db, 'built-in'), kind: 'built-in', isLocal: false };
    const other: Asker = { ...azure, id: addConnection(db, 'azure-openai', { deployment: 'other' }) };
    describeBy(db, azure.id, add('by azure.jpg'), 'hash of by azure.jpg');
    describeBy(db, builtIn.id, add('by built-in.jpg'), 'hash of by built-in.jpg');
    expect(pathsOf(db, other)).toEqual(['by azure.jpg', 'by built-in.jpg']);
    expect(pathsOf(db, azure)).toEqual(['by built-in.jpg']);
    expect(pathsOf(db, builtIn)).toEqual([]);
  });

  it('is again what was described by a run that was undone', () => {
    const { db, azure, add } = useLibrary();
    const runId = addRun(db, azure.id);
    describeBy(db, azure.id, add('a.jpg'), 'hash of a.jpg', runId);
    expect(pathsOf(db, azure)).toEqual([]);
    retractRun(db, runId, nowMs);
    expect(pathsOf(db, azure)).toEqual(['a.jpg']);
  });

  it('is not what failed: nobody pays for the same refusal twice. It is, by another connection or when retried', () => {
    const { db, azure, add } = useLibrary();
    const other: Asker = { ...azure, id: addConnection(db, 'azure-openai', { deployment: 'other' }) };
    const [known, unhashed] = [add('a.jpg'), add('b.jpg', { contentHash: null })];
    add('c.jpg');
    failFor(db, azure.id, known);
    failFor(db, azure.id, unhashed);
    expect(pathsOf(db, azure)).toEqual(['c.jpg']);
    expect(pathsOf(db, other)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    retryFailedJobs(db, {}, nowMs);
    expect(pathsOf(db, azure)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    // What waits already can be left out.
    expect(pathsOf(db, azure, { isUnqueued: true })).toEqual(['c.jpg']);
  });
});

function usePhotos(...paths: string[]) {
  const library = useLibrary();
  for (const path of paths) library.add(path);
  return library;
}

const within = (rootId: RootId, ...prefixes: string[]): Scope => ({
  folders: prefixes.map((prefix) => ({ rootId, prefix })),
});

describe('a folder', () => {
  it('is it and everything below it, not the folders whose names begin alike', () => {
    const { db, azure, rootId } = usePhotos(
      'Trip/1.jpg',
      'Trip/deep/2.jpg',
      'Trip 2/3.jpg',
      'Trip-b/4.jpg',
      'Trip0/5.jpg',
      'Trip.jpg',
      'A Trip/6.jpg',
      'trip/7.jpg',
    );
    expect(pathsOf(db, azure, within(rootId, 'Trip'))).toEqual(['Trip/1.jpg', 'Trip/deep/2.jpg']);
    expect(pathsOf(db, azure, within(rootId, 'Trip/deep'))).toEqual(['Trip/deep/2.jpg']);
    expect(pathsOf(db, azure, within(rootId, ''))).toHaveLength(8);
  });

  it('whose name means something in SQL is taken at its word', () => {
    const names = ["100%_'s/1.jpg", '100 of us/2.jpg', 'Ärger/海/3.jpg'];
    const { db, azure, rootId } = usePhotos(...names);
    expect(pathsOf(db, azure, within(rootId, "100%_'s"))).toEqual(["100%_'s/1.jpg"]);
    expect(pathsOf(db, azure, within(rootId, 'Ärger'))).toEqual(['Ärger/海/3.jpg']);
  });

  it('may be a single file', () => {
    const { db, azure, rootId } = usePhotos('a.jpg', 'a.jpg.jpg', 'b.jpg');
    expect(pathsOf(db, azure, within(rootId, 'a.jpg'))).toEqual(['a.jpg']);
  });

  it('that lies in another one that was named too is not described twice', () => {
    const { db, azure, rootId } = usePhotos('Trip/1.jpg', 'Trip/deep/2.jpg');
    expect(pathsOf(db, azure, within(rootId, 'Trip', 'Trip/deep', ''))).toEqual([
      'Trip/1.jpg',
      'Trip/deep/2.jpg',
    ]);
  });

  it('of another root is another folder', () => {
    const { db, azure, rootId, add: addHere } = useLibrary();
    const otherRoot = addRoot(db, '/other');
    addHere('Trip/1.jpg');
    addPhoto(db, 'Trip/2.jpg', { rootId: otherRoot });
    expect(pathsOf(db, azure, within(rootId, 'Trip'))).toEqual(['Trip/1.jpg']);
  });
});

describe('a scope', () => {
  it('may be a search result, and only the first so many', () => {
    const { db, azure, rootId, add } = useLibrary();
    const [a, , c] = [add('a.jpg'), add('b.jpg'), add('c.jpg')];
    expect(pathsOf(db, azure, { assetIds: [c, a] })).toEqual(['a.jpg', 'c.jpg']);
    expect(pathsOf(db, azure, { assetIds: [] })).toEqual([]);
    expect(pathsOf(db, azure, { limit: 2 })).toEqual(['a.jpg', 'b.jpg']);
    const folders = [
      { rootId, prefix: 'b.jpg' },
      { rootId, prefix: '' },
    ];
    expect(pathsOf(db, azure, { folders, limit: 2 })).toEqual(['b.jpg', 'a.jpg']);
  });

  it('counts a photo once, however many files carry it', () => {
    const { db, azure, rootId, add } = useLibrary();
    addFile(db, 'a again.jpg', rootId, add('a.jpg'));
    add('b.jpg');
    expect(pathsOf(db, azure, { limit: 2 })).toEqual(['a again.jpg', 'b.jpg']);
  });
});

describe('a folder’s privacy', () => {
  it.each([
    ['azure-openai', false, ['may-be-sent']],
    ['openai-compatible', false, ['may-be-sent']],
    ['openai-compatible', true, ['local-only', 'may-be-sent']],
    ['built-in', false, ['built-in-only', 'local-only', 'may-be-sent']],
  ] as const)('lets %s (on this machine: %s) see %j', (kind, isLocal, seen) => {
    const { db } = useLibrary();
    for (const privacy of ['may-be-sent', 'local-only', 'built-in-only'] as const) {
      addPhoto(db, privacy, { rootId: addRoot(db, `/${privacy}`, privacy) });
    }
    expect(pathsOf(db, { id: addConnection(db, kind), kind, isLocal }).toSorted()).toEqual(seen);
  });
});

describe('files with the same bytes', () => {
  it('are found, and their description by this connection is taken over', () => {
    const { db, azure, add } = useLibrary();
    const contentHash = 'same bytes';
    const imageDataHash = 'same picture';
    const [first, second] = [
      add('a.jpg', { contentHash, imageDataHash }),
      add('b.jpg', { contentHash, imageDataHash }),
    ];
    add('c.jpg');
    const candidate = findCandidate(db, second)!;
    expect([...listCandidates(db, azure, {})].map(({ hasTwin }) => hasTwin)).toEqual([true, true, false]);
    const key = describeKey(azure.id, candidate);
    expect(listDescribeKeys(db, azure, [second, first])).toEqual([
      { assetId: second, key },
      { assetId: first, key },
    ]);
    expect(listDuplicates(db, candidate)).toEqual([first]);
    expect(findTwinDescription(db, azure, candidate)).toBeUndefined();
    describeBy(db, azure.id, first, imageDataHash);
    expect(listDescribeKeys(db, azure, [second, first])).toEqual([{ assetId: second, key }]);
    failFor(db, azure.id, second);
    expect(listDescribeKeys(db, azure, [second, first])).toEqual([]);
    expect(findTwinDescription(db, azure, candidate)).toEqual({ descriptionId: 1 });
    expect(
      findTwinDescription(
        db,
        { id: addConnection(db, 'built-in'), kind: 'built-in', isLocal: true },
        candidate,
      ),
    ).toBeUndefined();
    expect(describeKey(azure.id, candidate)).toBe(describeKey(azure.id, findCandidate(db, first)!));
  });

  it('are not assumed of files whose bytes were not read yet', () => {
    const { db, add } = useLibrary();
    const [a] = [add('a.jpg', { contentHash: null }), add('b.jpg', { contentHash: null })];
    expect(listDuplicates(db, findCandidate(db, a)!)).toEqual([]);
  });
});

/** Hundreds of photos in each of two roots, so that each takes several pages. */
function useManyPhotos() {
  const library = useLibrary();
  const otherRoot = addRoot(library.db, '/other');
  const names = Array.from({ length: 700 }, (_, index) => `Trip/${String(index).padStart(3, '0')}.jpg`);
  const ids = library.db.transact(() => names.map((name) => library.add(name)));
  library.db.transact(() => {
    for (const name of names) {
      addPhoto(library.db, name, { rootId: otherRoot, contentHash: `other ${name}` });
    }
  });
  return { ...library, otherRoot, names, ids };
}

describe('a large library', () => {
  it('is listed whole and in order, page by page, whatever selects it', () => {
    const { db, azure, rootId, names, ids } = useManyPhotos();
    expect(pathsOf(db, azure)).toEqual([...names, ...names]);
    expect(pathsOf(db, azure, within(rootId, 'Trip'))).toEqual(names);
    expect(pathsOf(db, azure, { limit: 550 })).toEqual(names.slice(0, 550));
    expect(pathsOf(db, azure, { assetIds: ids.toReversed(), limit: 600 })).toEqual(names.slice(0, 600));
    const some = ids.filter((_, index) => index % 100 === 0);
    expect(pathsOf(db, azure, { assetIds: some, ...within(rootId, 'Trip') })).toHaveLength(7);
  });

  it('gives others a turn also where nothing is left to be described', () => {
    const { db, azure } = useManyPhotos();
    for (const candidate of listCandidates(db, azure, {})) {
      describeBy(db, azure.id, candidate.assetId, candidate.imageDataHash);
    }
    const pages = [...listCandidatePages(db, azure, {})];
    expect(pages.flat()).toEqual([]);
    expect(pages.length).toBeGreaterThan(2);
  });

  it('is not walked behind the folder or the photos that were asked for', () => {
    const { db, azure, otherRoot, rootId, ids } = useManyPhotos();
    const bytesOf = (scope: Scope): number => {
      let most = 0;
      const counting: ReadDb = {
        get: (sql, values) => db.get(sql, values),
        iterate: (sql, values) => db.iterate(sql, values),
        pluck: (sql, values) => db.pluck(sql, values),
        rows: (sql, values) => db.rows(sql, values),
        all: (sql, values) => {
          most = Math.max(most, JSON.stringify(values).length);
          return db.all(sql, values);
        },
      };
      Array.from(listCandidates(counting, azure, scope));
      return most;
    };
    // What is sent with each page does not grow with what was selected.
    expect(bytesOf({ assetIds: ids })).toBeLessThanOrEqual(bytesOf({}));

    const plan = explain(db, (explained) => {
      Array.from(listCandidates(explained, azure, within(rootId, 'Trip')));
      Array.from(listCandidates(explained, azure, within(otherRoot, '')));
    });
    expect([...new Set(plan.filter((line) => /\b(?:file|f)\b/.test(line)))]).toEqual([
      'SEARCH file USING INDEX file_present (root_id=? AND relative_path>? AND relative_path<?)',
      'SEARCH f USING INTEGER PRIMARY KEY (rowid=?)',
      'SEARCH file USING INDEX file_present (root_id=? AND relative_path>?)',
    ]);
  });
});

it('listing them looks nothing up by reading whole tables of jobs or descriptions', () => {
  const { db, azure, add } = useLibrary();
  add('a.jpg');
  const plan = explain(db, (explained) => {
    expect([...listCandidates(explained, azure, { isUnqueued: true })]).toHaveLength(1);
  });
  expect(plan.filter((line) => /^SCAN (?:job|d)\b/.test(line))).toEqual([]);
});

it('a describer is told the folder in which the photo lies, and for the root its own name', () => {
  const { db, add } = useLibrary();
  const [deep, top] = [add('2019/Lake/a.jpg', { facts: { title: 'Heron' } }), add('b.jpg')];
  expect(findCandidate(db, deep)?.known).toMatchObject({
    folders: ['2019', 'Lake'],
    fileName: 'a.jpg',
    facts: { title: 'Heron' },
    widthPx: 4_000,
  });
  expect(findCandidate(db, top)?.known).toMatchObject({ folders: ['photos'], fileName: 'b.jpg' });
});
