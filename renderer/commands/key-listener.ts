import { isMac } from '../state/platform.ts';
import { chooseByKeys } from './keys.ts';
import { allCommands, canRun } from './registry.ts';

/** The second key of a sequence must come within this time. */
const sequenceMs = 1000;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  );
}

/** Keys that do something by themselves where the focus is: a button is pressed by them, a menu moves, a video is wound. */
function belongsToTarget(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]') !== null) {
    return !(event.ctrlKey || event.metaKey);
  }
  if (target instanceof HTMLMediaElement) return /^(?: |Enter|Arrow\w+)$/.test(event.key);
  return (
    (event.key === ' ' || event.key === 'Enter') &&
    target.closest('button, a, summary, [role="button"]') !== null
  );
}

/** One listener for all commands' keys. Returns how to end it. */
export function listenForKeys(): () => void {
  let begun: { readonly press: KeyboardEvent; readonly atMs: number } | undefined;
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
    const typing = isTyping(event.target);
    const first = begun !== undefined && event.timeStamp - begun.atMs < sequenceMs ? begun.press : undefined;
    begun = undefined;
    const heard = allCommands()
      .toReversed()
      .filter((command) => (typing ? command.whileTyping === true : !belongsToTarget(event)));
    const { asked, begins } = chooseByKeys(heard, first, event, isMac);
    const command = asked.find(canRun);
    if (command !== undefined) {
      event.preventDefault();
      command.run();
      return;
    }
    if (begins) begun = { press: event, atMs: event.timeStamp };
  };
  window.addEventListener('keydown', listen);
  return () => {
    window.removeEventListener('keydown', listen);
  };
}
