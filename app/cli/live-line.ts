import type { WriteStream } from 'node:tty';
import { widthOf } from './text-width.ts';

const usualColumns = 80;

/** Erases from the cursor to the end of the screen. */
const eraseBelow = '\u001B[J';
const up = (rows: number): string => (rows > 0 ? `\u001B[${rows}A` : '');

/** One line that stays at the bottom of a terminal while other lines scroll above it. Each change is a single write. */
export class LiveLine {
  readonly #stream: WriteStream;
  #shown = '';

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  /** Columns are left free for the `^C` that a terminal shows, and for the cursor: a full line would wrap. */
  get width(): number {
    return Math.max(10, (this.#stream.columns || usualColumns) - 3);
  }

  /** @param line plain text of at most `width` columns */
  show(line: string): void {
    if (line === this.#shown) return;
    this.#stream.write(this.#erased() + line);
    this.#shown = line;
  }

  hide(): void {
    this.show('');
  }

  /** Runs what prints to the terminal by any stream, with the line out of its way. */
  above(print: () => void): void {
    const line = this.#shown;
    this.hide();
    print();
    this.show(line);
  }

  /** After the window became narrower the old line has wrapped to several rows. */
  #erased(): string {
    if (this.#shown === '') return '';
    const rows = Math.ceil(widthOf(this.#shown) / Math.max(1, this.#stream.columns || usualColumns));
    return `\r${up(rows - 1)}${eraseBelow}`;
  }
}
