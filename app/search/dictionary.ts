/** Texts as small numbers, for columns of them; 0 is no text. Texts are never forgotten. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [''];
  readonly #most: number;

  /** @param most texts beyond so many count as no text */
  constructor(most = 0xff_ff) {
    this.#most = most;
  }

  get size(): number {
    return this.#texts.length;
  }

  codeOf(text: string | null): number {
    if (text === null || text === '') return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length > this.#most) return 0;
    const code = this.#texts.length;
    this.#texts.push(text);
    this.#codes.set(text, code);
    return code;
  }

  /** The empty text for 0. */
  textOf(code: number): string {
    return this.#texts[code] ?? '';
  }
}
