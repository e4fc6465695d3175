import { showToast } from '../design/components/toast.tsx';
import { toCallError } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import { windowMessageFor } from '../../app/contract/messages/window.ts';
import type { Texts } from '../texts/catalogue.ts';
import { currentLanguage, currentTexts } from '../texts/use-texts.ts';
import type { NamedPhotos } from './selection.ts';

/** What is done with many photos at once without a dialog. Each says what it did, with the way back. */

async function undo(): Promise<void> {
  try {
    await link.call('edit.undo', {});
  } catch (error) {
    showProblem(error);
  }
}

function showProblem(error: unknown): void {
  const { code, details } = toCallError(error);
  showToast(windowMessageFor({ code, details }, currentLanguage()), { kind: 'problem' });
}

async function change(
  act: () => Promise<{ readonly editId: number | null; readonly photos: number }>,
  say: (texts: Texts, photos: number) => string,
): Promise<void> {
  try {
    const { editId, photos } = await act();
    const texts = currentTexts();
    const back = { label: texts.library.undo, run: () => void undo() };
    showToast(say(texts, photos), editId === null ? {} : { action: back });
  } catch (error) {
    showProblem(error);
  }
}

export function markReviewed(named: NamedPhotos): Promise<void> {
  return change(
    () => link.call('asset.review', { photos: named, state: 'accepted' }),
    (texts, photos) => texts.library.reviewed(photos),
  );
}

export function setExcluded(named: NamedPhotos, isExcluded: boolean): Promise<void> {
  return change(
    () => link.call('asset.exclude', { photos: named, isExcluded }),
    (texts, photos) => (isExcluded ? texts.library.excluded(photos) : texts.library.included(photos)),
  );
}
