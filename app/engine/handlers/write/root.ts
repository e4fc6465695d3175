import type { rootProcedures } from '../../../contract/procedures/root.ts';
import type { HandlersOf, WriteProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { listRuns } from '../../../captioning/run-store.ts';
import type { RootId } from '../../../contract/ids.ts';
import { assertFallback } from '../../../jobs/fallback.ts';
import { getRoot, updateRoot } from '../../../library/root-store.ts';
import { drawSamplePhotos } from '../../../imaging/sample-photos.ts';
import { addRoot, relinkRoot, removeRoot } from '../../../library/roots.ts';
import type { EngineParts } from '../../parts.ts';
import { cancelRun } from '../../runs.ts';
import { catchUpWithScans, scanRoots } from '../../scan.ts';

export function rootWrites(parts: EngineParts): HandlersOf<typeof rootProcedures, WriteProcedureName> {
  return {
    'root.sample': () => addSamples(parts),
    'root.add': ({ path }) => {
      const added = addRoot(parts, path);
      parts.events.emit('root.changed', { rootId: added.rootId });
      return added;
    },
    'root.remove': ({ rootId }) => takeOut(parts, rootId),
    'root.relink': async ({ rootId, path }) => {
      relinkRoot(parts, rootId, path);
      await catchUpWithScans(parts);
      parts.events.emit('root.changed', { rootId });
      return getRoot(parts.read, rootId);
    },
    'root.set': (input) => setRoot(parts, input),
    'root.scan': ({ rootIds }) => scanRoots(parts, rootIds),
  };
}

/** Beside the library, as what is in it is never scanned; drawn once, and found again by whoever asks again. */
async function addSamples(parts: EngineParts): Promise<Output<'root.sample'>> {
  const path = `${parts.libraryFolder}-samples`;
  await drawSamplePhotos(path);
  const { rootId } = addRoot(parts, path);
  parts.events.emit('root.changed', { rootId });
  return { rootId, path };
}

/** Takes a root out of the library, with everything that was said of its photos. The originals and the ledger stay. */
async function takeOut(parts: EngineParts, rootId: RootId): Promise<Output<'root.remove'>> {
  const photos = await removeRoot(parts, rootId);
  parts.events.emit('root.changed', { rootId });
  return { photos };
}

/** Changes what a person decides about a root. What its old rule asked for and the new one would not is taken back. */
async function setRoot(
  parts: EngineParts,
  { rootId, rule, privacy, ignorePatterns }: Input<'root.set'>,
): Promise<Output<'root.set'>> {
  if (rule?.kind === 'describe' && rule.fallback !== undefined && rule.fallback !== null) {
    assertFallback(parts, rule.connectionId, rule.fallback);
  }
  const changes = {
    ...(rule === undefined ? {} : { rule }),
    ...(privacy === undefined ? {} : { privacy }),
    ...(ignorePatterns === undefined ? {} : { ignorePatterns }),
  };
  parts.transact((db) => {
    updateRoot(db, rootId, changes);
  });
  const root = getRoot(parts.read, rootId);
  const asker = root.rule.kind === 'describe' ? root.rule.connectionId : undefined;
  for (const run of listRuns(parts.read, { live: true })) {
    if (run.rootId === rootId && run.connectionId !== asker) await cancelRun(parts, run.id);
  }
  parts.events.emit('root.changed', { rootId });
  return root;
}
