import type { KnownFile } from './file-store.ts';
import { comparePaths } from './paths.ts';

/** Reads the files behind a path in the order of `comparePaths`, as many as asked for, or fewer at the end. */
export type PageReader = (afterPath: string, limit: number) => readonly KnownFile[];

/** The first page is small: a changed folder is usually all that is looked at. */
const firstPageSize = 128;
const largestPageSize = 4096;

/** The known files of a folder in path order, read page by page. Whole folders can be skipped without reading them. */
export class KnownFiles {
  readonly #readPage: PageReader;
  /** Begins every path of the folder; empty for a whole root. */
  readonly #prefix: string;
  #page: readonly KnownFile[] = [];
  #next = 0;
  #pageSize = firstPageSize;
  #afterPath: string;
  #isLastPage = false;

  /** `folder` has no `/` at its end; empty for a whole root. */
  constructor(folder: string, readPage: PageReader) {
    this.#readPage = readPage;
    this.#prefix = folder === '' ? '' : `${folder}/`;
    this.#afterPath = this.#prefix;
  }

  /** The next file, which stays the next one until `skip`; `undefined` at the end. */
  peek(): KnownFile | undefined {
    let file = this.#page[this.#next];
    if (file === undefined && !this.#isLastPage) {
      this.#page = this.#readPage(this.#afterPath, this.#pageSize);
      this.#isLastPage = this.#page.length < this.#pageSize;
      this.#pageSize = Math.min(this.#pageSize * 2, largestPageSize);
      this.#next = 0;
      file = this.#page[0];
    }
    return file?.relativePath.startsWith(this.#prefix) === true ? file : undefined;
  }

  skip(): void {
    const file = this.#page[this.#next];
    if (file !== undefined) this.#afterPath = file.relativePath;
    this.#next++;
  }

  /** Passes over everything in a folder, which must not lie behind what `peek` gives. */
  skipFolder(folder: string): void {
    // '0' is the character behind '/'.
    const end = `${folder}0`;
    while (this.#next < this.#page.length) {
      const file = this.#page[this.#next];
      if (file === undefined || comparePaths(file.relativePath, end) >= 0) return;
      this.#next++;
    }
    this.#afterPath = end;
    this.#page = [];
    this.#next = 0;
  }
}
