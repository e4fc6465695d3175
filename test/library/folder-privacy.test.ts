import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listFolderPrivacies, setFolderPrivacy } from '../../app/library/folder-privacy-store.ts';
import { privacyOfFile } from '../../app/library/privacy-of-file.ts';
import { addRoot } from '../../app/library/roots.ts';
import { scanRoot } from '../../app/library/scan.ts';
import { openTestLibrary, type TestLibrary } from '../helpers/library.ts';

let library: TestLibrary;
afterEach(() => {
  library.close();
});

const countOpen = (): number =>
  library.db.pluck<number>(
    `SELECT count(*) FROM file AS f JOIN root AS r ON r.id = f.root_id WHERE ${privacyOfFile} = 'may-be-sent'`,
  )[0] ?? Number.NaN;

it('photos of a folder that is renamed are not without its privacy for a moment, wherever the scan is stopped', async () => {
  library = openTestLibrary();
  const { rootId } = addRoot(library.context, library.photos);
  for (let index = 0; index < 900; index++) library.write(`family/${String(index)}.jpg`, String(index));
  await scanRoot(library.context, rootId);
  setFolderPrivacy(library.db, { rootId, relativePath: 'family' }, 'built-in-only');
  renameSync(join(library.photos, 'family'), join(library.photos, 'Elsa'));

  let isOver = false;
  let stops = 0;
  for (; !isOver; stops += 1) {
    const controller = new AbortController();
    let turns = 0;
    const scanning = scanRoot(library.context, rootId, {
      signal: controller.signal,
      onProgress: () => {
        expect(countOpen()).toBe(0);
        if (turns++ === stops) controller.abort();
      },
    });
    isOver = await scanning.then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'canceled' });
        return false;
      },
    );
    expect(countOpen()).toBe(0);
  }
  expect(stops).toBeGreaterThan(1);
  const kept = listFolderPrivacies(library.db);
  expect(kept).toContainEqual({ rootId, relativePath: 'Elsa', privacy: 'built-in-only' });
});
