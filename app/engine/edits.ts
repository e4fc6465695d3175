import { setImmediate as nextTurn } from 'node:timers/promises';
import { replay } from '../captioning/edit-photo.ts';
import {
  findNextEdit,
  insertEdit,
  insertStep,
  listHalfDoneEdits,
  listSteps,
  markStep,
  setEditState,
  type EditChange,
  type WriteDb,
} from '../captioning/edit-store.ts';
import type { AssetId, EditId } from '../contract/ids.ts';
import type { Edit } from '../contract/procedures/edit.ts';
import type { Selection } from '../contract/procedures/shared.ts';
import { selectedAssets } from './selection.ts';
import type { EngineParts } from './parts.ts';

/** Photos that one transaction changes; each is also indexed for search. */
const changedAtOnce = 50;

/** Who asked, and wants to know how far it is. */
export type EditCall = {
  readonly signal: AbortSignal;
  readonly tell: (part: { done: number; total: number }) => void;
};

export type EditWish = Pick<Edit, 'kind' | 'label'> & {
  readonly photos: Selection;
  /** `undefined`: there is nothing to change. */
  readonly change: (db: WriteDb, assetId: AssetId) => EditChange | undefined;
};

/**
 * Changes photos as a person says, as one step that can be undone. What was changed when its caller called it off, or its
 * engine died, stays, and is undone as one step too. One edit at a time: undoing depends on their order.
 */
export function applyEdit(
  parts: EngineParts,
  wish: EditWish,
  call: EditCall,
): Promise<{ editId: EditId | null; photos: number }> {
  return parts.editTurns.run(() => changeAll(parts, wish, call));
}

/** Takes the last edit back, or does the one again that was taken back last. `null`: there is none. */
export function replayEdit(
  parts: EngineParts,
  direction: 'undo' | 'redo',
  call: EditCall,
): Promise<Edit | null> {
  return parts.editTurns.run(() => replayNext(parts, direction, call));
}

async function changeAll(
  parts: EngineParts,
  { kind, label, photos, change: changeOne }: EditWish,
  { signal, tell }: EditCall,
): Promise<{ editId: EditId | null; photos: number }> {
  const assetIds = await selectedAssets(
    { read: parts.read, roster: () => parts.desk.roster(), nowMs: parts.clock.now() },
    photos,
  );
  let editId: EditId | null = null;
  let changed = 0;
  for (let start = 0; start < assetIds.length && !signal.aborted; start += changedAtOnce) {
    const page = assetIds.slice(start, start + changedAtOnce);
    const done = parts.transact((db) => {
      const ofPage: AssetId[] = [];
      for (const assetId of page) {
        const step = changeOne(db, assetId);
        if (step === undefined) continue;
        editId ??= insertEdit(db, { kind, label }, parts.clock.now());
        insertStep(db, editId, assetId, step);
        if (step.kind === 'description') parts.indexAsset(db, assetId);
        ofPage.push(assetId);
      }
      return ofPage;
    });
    changed += done.length;
    if (done.length > 0) parts.events.emit('asset.changed', { assetIds: done });
    tell({ done: Math.min(start + changedAtOnce, assetIds.length), total: assetIds.length });
    await nextTurn();
  }
  if (editId !== null) parts.events.emit('edit.changed', {});
  return { editId, photos: changed };
}

async function replayNext(
  parts: EngineParts,
  direction: 'undo' | 'redo',
  { tell }: EditCall,
): Promise<Edit | null> {
  const edit = findNextEdit(parts.read, direction);
  if (edit === undefined) return null;
  const isForward = direction === 'redo';
  parts.transact((db) => {
    setEditState(db, edit.id, isForward ? 'done' : 'undone');
  });
  let done = 0;
  // To the end, whoever called it off: half of a step can be neither undone nor done again.
  for (const assetIds of replayPages(parts, edit.id, isForward)) {
    done += assetIds.length;
    parts.events.emit('asset.changed', { assetIds });
    tell({ done, total: edit.photos });
    await nextTurn();
  }
  parts.events.emit('edit.changed', {});
  return edit;
}

function* replayPages(parts: EngineParts, id: EditId, isForward: boolean): Generator<readonly AssetId[]> {
  for (;;) {
    const steps = listSteps(parts.read, id, !isForward, changedAtOnce);
    if (steps.length === 0) return;
    parts.transact((db) => {
      for (const { assetId, change } of steps) {
        replay(db, assetId, change, isForward, parts.clock.now());
        markStep(db, id, assetId, isForward);
        if (change.kind === 'description') parts.indexAsset(db, assetId);
      }
    });
    yield steps.map(({ assetId }) => assetId);
  }
}

/** At open: an edit whose engine died while it was undone, or done again, comes to its end. */
export function settleEdits(parts: EngineParts): void {
  for (const { id, state } of listHalfDoneEdits(parts.read)) {
    Array.from(replayPages(parts, id, state === 'done'));
  }
}
