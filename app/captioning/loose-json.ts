/**
 * Reads JSON as small models write it: with commas too many, in single quotes, with Python's words, with line breaks in
 * strings, or cut off. Only what is there is read; nothing is made up, and what was cut in the middle is left out.
 */

/** Deeper is no description; and a reader that calls itself must not be led down without end. */
const deepest = 32;

export type LooseValue = {
  readonly value: unknown;
  /** Where it ends in the text. */
  readonly end: number;
  /** The text ended before the value did; members that were not complete are left out. */
  readonly isCut: boolean;
};

/** The value that begins at `start`; `undefined` when there is none, or too little of it. */
export function readLooseJson(text: string, start: number): LooseValue | undefined {
  return new Reader(text).readValue(start, 0);
}

class Reader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(start: number, depth: number): LooseValue | undefined {
    if (depth > deepest) return undefined;
    const position = this.#skipSpace(start);
    switch (this.#text[position]) {
      case '{':
        return this.#readObject(position, depth);
      case '[':
        return this.#readArray(position, depth);
      case '"':
      case "'":
        return this.#readString(position);
      default:
        return this.#readWord(position);
    }
  }

  #skipSpace(start: number): number {
    let position = start;
    while (/\s/.test(this.#text[position] ?? '')) position += 1;
    return position;
  }

  /** After commas, of which there may be too many. */
  #skipCommas(start: number): number {
    let position = this.#skipSpace(start);
    while (this.#text[position] === ',') position = this.#skipSpace(position + 1);
    return position;
  }

  #readObject(start: number, depth: number): LooseValue | undefined {
    const members: [string, unknown][] = [];
    let position = this.#skipCommas(start + 1);
    for (;;) {
      if (this.#text[position] === '}') {
        return { value: Object.fromEntries(members), end: position + 1, isCut: false };
      }
      const member = this.#readMember(position, depth);
      if (member === 'cut') {
        return { value: Object.fromEntries(members), end: this.#text.length, isCut: true };
      }
      if (member === undefined) return undefined;
      const { name, value, end, isCut } = member;
      if (!isCut || isAsGoodAsWhole(value)) members.push([name, value]);
      if (isCut) return { value: Object.fromEntries(members), end, isCut };
      position = this.#skipCommas(end);
    }
  }

  #readMember(start: number, depth: number): (LooseValue & { readonly name: string }) | 'cut' | undefined {
    if (start >= this.#text.length) return 'cut';
    const first = this.#text[start];
    if (first !== '"' && first !== "'") return undefined;
    const name = this.#readString(start);
    if (name.isCut) return 'cut';
    const colon = this.#skipSpace(name.end);
    if (colon >= this.#text.length) return 'cut';
    if (this.#text[colon] !== ':') return undefined;
    const position = this.#skipSpace(colon + 1);
    if (position >= this.#text.length) return 'cut';
    const value = this.readValue(position, depth + 1);
    return value === undefined ? undefined : { ...value, name: String(name.value) };
  }

  #readArray(start: number, depth: number): LooseValue | undefined {
    const values: unknown[] = [];
    let position = this.#skipCommas(start + 1);
    for (;;) {
      if (this.#text[position] === ']') return { value: values, end: position + 1, isCut: false };
      if (position >= this.#text.length) return { value: values, end: position, isCut: true };
      const item = this.readValue(position, depth + 1);
      if (item === undefined) return undefined;
      if (item.isCut) return { value: values, end: item.end, isCut: true };
      values.push(item.value);
      position = this.#skipCommas(item.end);
    }
  }

  #readString(start: number): LooseValue {
    const quote = this.#text[start];
    let value = '';
    for (let position = start + 1; position < this.#text.length; position += 1) {
      const character = this.#text[position] ?? '';
      if (character === '\\') {
        const escape = this.#readEscape(position);
        value += escape.value;
        position = escape.end - 1;
      } else if (character === quote && (quote === '"' || this.#endsHere(position))) {
        return { value, end: position + 1, isCut: false };
      } else {
        value += character;
      }
    }
    return { value, end: this.#text.length, isCut: true };
  }

  /** An apostrophe inside single quotes is not their end: behind that stands what goes on with the JSON. */
  #endsHere(quote: number): boolean {
    const next = this.#text[this.#skipSpace(quote + 1)];
    return next === undefined || /[,:\]}]/.test(next);
  }

  #readEscape(start: number): { readonly value: string; readonly end: number } {
    const letter = this.#text[start + 1] ?? '';
    const code = /^[\da-f]{4}/i.exec(this.#text.slice(start + 2, start + 6))?.[0];
    if (letter === 'u' && code !== undefined) {
      return { value: String.fromCharCode(Number.parseInt(code, 16)), end: start + 6 };
    }
    return { value: escapes.get(letter) ?? letter, end: start + 2 };
  }

  /** A number, or one of the words of JSON and of Python. */
  #readWord(start: number): LooseValue | undefined {
    const word = /^[-+.\w]+/.exec(this.#text.slice(start, start + 40))?.[0];
    if (word === undefined) return undefined;
    const end = start + word.length;
    // `tru` or `12` may have been cut in the middle.
    const isCut = end >= this.#text.length;
    if (words.has(word)) return { value: words.get(word), end, isCut };
    const isNumber = /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(word);
    return isNumber ? { value: Number(word), end, isCut } : undefined;
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * A list that repeats itself until the limit cut it (USERS §2.7) had said all that it had to say: more than half of it was
 * there before. Taken as it is; its doubles fall out later.
 */
function isAsGoodAsWhole(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 20) return false;
  return new Set(value.map((item) => JSON.stringify(item))).size * 2 < value.length;
}
