import type { LucideIcon } from 'lucide-react';
import type { Texts } from '../texts/catalogue.ts';

/** Under which heading a command stands in menus, the palette and the cheat sheet. */
export type CommandGroup = keyof Texts['commands']['groups'];

/**
 * Something that a person can have done: in the menu bar, a context menu, the palette or by a key, always under the same
 * name. A view registers its commands while it is shown (`useCommands`).
 */
export type Command = {
  /** `noun.verb`; the desktop's menu bar names commands by it. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: (texts: Texts) => string;
  readonly icon?: LucideIcon;
  /** See `keys.ts`; the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Also while a person types in a field. @default false */
  readonly whileTyping?: boolean;
  /** Whether it can be done now; otherwise it is shown greyed, and its keys do nothing. @default always */
  readonly when?: () => boolean;
  /** Left out of the palette: what makes sense at a pointer or by a key only. @default false */
  readonly isHidden?: boolean;
  readonly run: () => void;
};
