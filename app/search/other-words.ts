import type { TextNode } from './query.ts';

/** Why a word is looked for that nobody typed: a slip of the finger, the same thing, or a kind of it. */
export type OtherKind = 'spelling' | 'synonym' | 'narrower';

/** A word that stands for a typed one. */
export type OtherWord = { readonly node: TextNode; readonly word: string; readonly by: OtherKind };
