import type { RootId } from '../contract/ids.ts';
import { Dictionary } from './dictionary.ts';

/** The numbers that stand for texts in the roster's columns. A text keeps its number for as long as there is the roster. */
export class RosterCodes {
  readonly cameras = new Dictionary();
  readonly lenses = new Dictionary();
  readonly labels = new Dictionary();
  readonly formats = new Dictionary(0xff);
  readonly places = new Dictionary(0x7f_ff_ff_ff);
  /** `rootId/relative path of the folder`. */
  readonly folders = new Dictionary(0x7f_ff_ff_ff);
  readonly colorNames = new Dictionary(15);
  readonly #colorMasks = new Map<string, number>();

  folderOf(rootId: RootId, relativePath: string): number {
    return this.folders.codeOf(folderKey(rootId, relativePath));
  }

  /** A bit for each of the colours. @param colors as the library's stores write them */
  colorMaskOf(colors: string): number {
    const known = this.#colorMasks.get(colors);
    if (known !== undefined) return known;
    const { names } = JSON.parse(colors) as { names: string[] }; // why: the library's stores write it
    let mask = 0;
    for (const name of names) {
      const code = this.colorNames.codeOf(name);
      if (code > 0) mask |= 1 << (code - 1);
    }
    this.#colorMasks.set(colors, mask);
    return mask;
  }
}

function folderKey(rootId: RootId, relativePath: string): string {
  return `${String(rootId)}/${relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')))}`;
}

export function parseFolderKey(key: string): { readonly rootId: RootId; readonly relativePath: string } {
  const slash = key.indexOf('/');
  return {
    rootId: Number(key.slice(0, slash)) as RootId, // why: folderKey made it
    relativePath: key.slice(slash + 1),
  };
}
