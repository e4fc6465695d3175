import { windowMessageFor } from '../../app/contract/messages/window.ts';
import type { Edit } from '../../app/contract/procedures/edit.ts';
import type { Arguments } from '../../app/contract/procedures.ts';
import { showToast } from '../design/components/toast.tsx';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import type { Texts } from '../texts/catalogue.ts';
import { currentLanguage, currentTexts } from '../texts/use-texts.ts';

/** What a person changes of one photo or of many. Each says what it did, with the way back; nothing is lost by a failure. */

export type Change = Omit<Arguments<'description.edit'>, 'photos'>;

/** Photos as the engine takes them: named, or by what finds them. */
type Photos = Arguments<'asset.review'>['photos'];

export function showProblem(error: unknown): void {
  const { code, details } = toCallError(error);
  showToast(windowMessageFor({ code, details }, currentLanguage()), { kind: 'problem' });
}

/** Only what was done last can be taken back: what was offered before goes with the next change, and with its undo. */
let takeOfferAway: (() => void) | undefined;

function tell(text: string, { isUndoable }: { readonly isUndoable: boolean }): void {
  takeOfferAway?.();
  const takeAway = showToast(text, isUndoable ? { action: undoAction() } : {});
  takeOfferAway = isUndoable ? takeAway : undefined;
}

/**
 * @param say what was done, with how many photos it was done to
 * @returns whether it was done
 */
async function change(
  act: () => Promise<{ readonly editId: number | null; readonly photos: number }>,
  say: (texts: Texts, photos: number) => string,
): Promise<boolean> {
  try {
    const { editId, photos } = await act();
    tell(say(currentTexts(), photos), { isUndoable: editId !== null });
    return true;
  } catch (error) {
    showProblem(error);
    return false;
  }
}

function undoAction(): { label: string; run: () => void } {
  return { label: currentTexts().library.undo, run: () => void undoEdit() };
}

export function editPhoto(id: number, edited: Change, said: string): Promise<boolean> {
  return change(
    () => link.call('description.edit', { photos: { assetIds: [id] }, ...edited }),
    () => said,
  );
}

export function reviewPhoto(id: number, state: 'accepted' | 'rejected' | 'draft'): Promise<boolean> {
  return change(
    () => link.call('asset.review', { photos: { assetIds: [id] }, state }),
    (texts) => texts.photo.reviewedAs[state],
  );
}

export function markReviewed(photos: Photos): Promise<boolean> {
  return change(
    () => link.call('asset.review', { photos, state: 'accepted' }),
    (texts, changed) => texts.library.reviewed(changed),
  );
}

export function setExcluded(photos: Photos, isExcluded: boolean): Promise<boolean> {
  return change(
    () => link.call('asset.exclude', { photos, isExcluded }),
    (texts, changed) => (isExcluded ? texts.library.excluded(changed) : texts.library.included(changed)),
  );
}

/** Takes back what a person did last, anywhere in the library. */
export async function undoEdit(): Promise<void> {
  try {
    const { edit } = await link.call('edit.undo', {});
    const { photo } = currentTexts();
    tell(edit === null ? photo.nothingToUndo : photo.undone(nameOf(edit), edit.photos), {
      isUndoable: false,
    });
  } catch (error) {
    showProblem(error);
  }
}

export async function redoEdit(): Promise<void> {
  try {
    const { edit } = await link.call('edit.redo', {});
    const { photo } = currentTexts();
    if (edit === null) tell(photo.nothingToRedo, { isUndoable: false });
    else tell(photo.redone(nameOf(edit), edit.photos), { isUndoable: true });
  } catch (error) {
    showProblem(error);
  }
}

function nameOf({ kind, label }: Edit): string {
  const { photo, runs } = currentTexts();
  const [field] = label.fields ?? [];
  const name = kind === 'description' && field !== undefined ? runs.fieldNames[field] : photo.editKinds[kind];
  return label.answeredBy === undefined ? name : photo.fromAnswerOf(name, label.answeredBy);
}
