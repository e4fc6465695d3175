/**
 * Keys of commands: `mod+shift+k`, `?`, `ArrowLeft`, and sequences of two such as `g l`. `mod` is ⌘ on a Mac and Ctrl
 * elsewhere. Pure: the event is given as the few values that matter.
 */

export type KeyPress = {
  /** As `KeyboardEvent.key`. */
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** `mod++` holds Ctrl and presses plus. */
function splitStep(step: string): readonly string[] {
  return step.endsWith('+')
    ? [
        ...step
          .slice(0, -1)
          .split('+')
          .filter((part) => part !== ''),
        '+',
      ]
    : step.split('+');
}

/** Whether a key press is what one step of a command's keys asks for. */
export function isPress(step: string, press: KeyPress, isMac: boolean): boolean {
  const parts = splitStep(step);
  const key = parts.at(-1) ?? '';
  const wants = new Set(parts.slice(0, -1));
  const wantsCtrl = wants.has('ctrl') || (wants.has('mod') && !isMac);
  const wantsMeta = wants.has('mod') && isMac;
  const holdsThose =
    press.ctrlKey === wantsCtrl && press.metaKey === wantsMeta && press.altKey === wants.has('alt');
  if (!holdsThose) return false;
  // A sign such as `?` needs Shift on some keyboards and not on others: what counts is the sign.
  const isSign =
    key.length === 1 && key.toLowerCase() === key.toUpperCase() && !/^\d$/.test(key) && key !== ' ';
  if (!isSign && press.shiftKey !== wants.has('shift')) return false;
  return press.key.toLowerCase() === (key === 'Space' ? ' ' : key.toLowerCase());
}

/**
 * What a key press asks for: first those whose sequence it completes, then those that have it as their one key, each in the
 * given order; and whether it may begin a sequence. `g r` is never taken for the `r` of something else.
 *
 * @param first the key press shortly before
 */
export function chooseByKeys<Command extends { readonly keys?: readonly string[] }>(
  commands: readonly Command[],
  first: KeyPress | undefined,
  press: KeyPress,
  isMac: boolean,
): { readonly asked: readonly Command[]; readonly begins: boolean } {
  const completed: Command[] = [];
  const single: Command[] = [];
  let begins = false;
  for (const command of commands) {
    for (const keys of command.keys ?? []) {
      const [one = '', two] = keys.split(' ');
      if (two === undefined) {
        if (isPress(one, press, isMac)) single.push(command);
      } else if (first !== undefined && isPress(one, first, isMac) && isPress(two, press, isMac)) {
        completed.push(command);
      } else if (isPress(one, press, isMac)) begins = true;
    }
  }
  return { asked: [...completed, ...single], begins };
}

const macSigns: Readonly<Record<string, string>> = { mod: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' };
const otherSigns: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};
const names: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Enter: '↵',
};

/** What a person reads: the parts of each step, such as `['Ctrl', 'K']`. */
export function partsOfKeys(keys: string, isMac: boolean): readonly (readonly string[])[] {
  return keys.split(' ').map((step) => {
    const parts = splitStep(step);
    return parts.map((part, index) => {
      if (index < parts.length - 1) return (isMac ? macSigns : otherSigns)[part] ?? part;
      return names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    });
  });
}
