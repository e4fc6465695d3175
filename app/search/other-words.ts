import type { DayRange } from './calendar.ts';
import type { TextNode } from './query.ts';

/** Why a word is looked for that nobody typed: another form of it, a slip of the finger, the same thing, or a kind of it. */
export type OtherKind = 'form' | 'spelling' | 'synonym' | 'narrower';

/** What stands for a typed word: other words, or the days that it names. */
export type OtherWord = WordInstead | DaysInstead;

export type WordInstead = {
  readonly node: TextNode;
  /** Folded; several with spaces between in the name of a place, several characters of a script without spaces. */
  readonly word: string;
  readonly by: OtherKind;
  /** A place's name means the place, and nothing else that is called so. */
  readonly isPlace?: true;
  /** Only as it stands here, since it is a form of a word already; else in all its forms. */
  readonly isExact?: true;
};

export type DaysInstead = {
  readonly node: TextNode;
  readonly by: 'date';
  readonly ranges: readonly DayRange[];
};
