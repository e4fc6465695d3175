import { toLine, wrap } from './printable.ts';
import { widthOf } from './text-width.ts';

/**
 * Breaks text between words as it comes in pieces, and makes it printable. A word is held back until it is whole, so that
 * none is broken in two.
 */
export class StreamText {
  readonly #print: (text: string) => void;
  readonly #width: number;
  #word = '';
  #column = 0;
  #isEmpty = true;

  /** @param width columns of a line */
  constructor(print: (text: string) => void, width: number) {
    this.#print = print;
    this.#width = width;
  }

  push(piece: string): void {
    for (const part of piece.split(/(\s)/)) {
      if (!/^\s$/.test(part)) {
        this.#word += part;
        continue;
      }
      this.#printWord();
      // Nothing has been said yet, or an empty line is there already.
      if (part === '\n' && !this.#isEmpty) this.#breakLine();
    }
  }

  /** Prints what was held back, and ends the line. */
  end(): void {
    this.#printWord();
    if (this.#column > 0) this.#breakLine();
  }

  #printWord(): void {
    const word = toLine(this.#word);
    this.#word = '';
    if (word === '') return;
    const space = this.#column === 0 ? '' : ' ';
    if (this.#column + space.length + widthOf(word) <= this.#width) {
      this.#say(space + word);
      return;
    }
    if (this.#column > 0) this.#breakLine();
    const lines = wrap(word, this.#width);
    lines.forEach((line, index) => {
      if (index > 0) this.#breakLine();
      this.#say(line);
    });
  }

  #say(text: string): void {
    this.#isEmpty = false;
    this.#column += widthOf(text);
    this.#print(text);
  }

  #breakLine(): void {
    this.#print('\n');
    this.#column = 0;
  }
}
