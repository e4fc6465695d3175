import { de } from './de.ts';
import { en } from './en.ts';

/** Every text of the window, in every language. English says which texts there are; the compiler asks each language for all. */
export type Texts = typeof en;

export const catalogue = { en, de } satisfies Readonly<Record<string, Texts>>;
