import { windowMessageFor } from '../../app/contract/messages/window.ts';
import type { Edit } from '../../app/contract/procedures/edit.ts';
import type { Arguments } from '../../app/contract/procedures.ts';
import { showToast } from '../design/components/toast.tsx';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import { currentLanguage, currentTexts } from '../texts/use-texts.ts';

/** What a person changes of a description. Each says what it did, with the way back; nothing is lost by a failure. */

export type Change = Omit<Arguments<'description.edit'>, 'photos'>;

export function showProblem(error: unknown): void {
  const { code, details } = toCallError(error);
  showToast(windowMessageFor({ code, details }, currentLanguage()), { kind: 'problem' });
}

function undoAction(): { label: string; run: () => void } {
  return { label: currentTexts().library.undo, run: () => void undoEdit() };
}

/** @returns whether it was saved */
export async function editPhoto(id: number, change: Change, said: string): Promise<boolean> {
  try {
    const { editId } = await link.call('description.edit', { photos: { assetIds: [id] }, ...change });
    showToast(said, editId === null ? {} : { action: undoAction() });
    return true;
  } catch (error) {
    showProblem(error);
    return false;
  }
}

export async function reviewPhoto(id: number, state: 'accepted' | 'rejected' | 'draft'): Promise<boolean> {
  try {
    const { editId } = await link.call('asset.review', { photos: { assetIds: [id] }, state });
    const said = currentTexts().photo.reviewedAs[state];
    showToast(said, editId === null ? {} : { action: undoAction() });
    return true;
  } catch (error) {
    showProblem(error);
    return false;
  }
}

/** Takes back what a person did last, anywhere in the library. */
export async function undoEdit(): Promise<void> {
  try {
    const { edit } = await link.call('edit.undo', {});
    const { photo } = currentTexts();
    showToast(edit === null ? photo.nothingToUndo : photo.undone(nameOf(edit), edit.photos));
  } catch (error) {
    showProblem(error);
  }
}

export async function redoEdit(): Promise<void> {
  try {
    const { edit } = await link.call('edit.redo', {});
    const { photo } = currentTexts();
    if (edit === null) showToast(photo.nothingToRedo);
    else showToast(photo.redone(nameOf(edit), edit.photos), { action: undoAction() });
  } catch (error) {
    showProblem(error);
  }
}

function nameOf({ kind, label }: Edit): string {
  const { photo, runs } = currentTexts();
  const [field] = label.fields ?? [];
  return kind === 'description' && field !== undefined ? runs.fieldNames[field] : photo.editKinds[kind];
}
