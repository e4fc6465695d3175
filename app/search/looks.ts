import { countBits, type Look } from './hamming.ts';

/** The looks of a library side by side, 12 bytes each. A photo that was read again has an older line too. */
export class Looks {
  #count = 0;
  #ids = new Uint32Array(1_024);
  #high = new Uint32Array(1_024);
  #low = new Uint32Array(1_024);

  get count(): number {
    return this.#count;
  }

  add(id: number, { high, low }: Look): void {
    if (this.#count === this.#ids.length) this.#grow();
    this.#ids[this.#count] = id;
    this.#high[this.#count] = high;
    this.#low[this.#count] = low;
    this.#count += 1;
  }

  idAt(line: number): number {
    return this.#ids[line] ?? 0;
  }

  lookAt(line: number): Look {
    return { high: this.#high[line] ?? 0, low: this.#low[line] ?? 0 };
  }

  /** How many of the 64 bits differ. */
  distanceAt(line: number, { high, low }: Look): number {
    return countBits((this.#high[line] ?? 0) ^ high) + countBits((this.#low[line] ?? 0) ^ low);
  }

  /** Ids of all that differ in at most `distance` bits, the nearest first: a million are compared in some milliseconds. */
  within({ high, low }: Look, distance: number): number[] {
    const [ids, highs, lows, count] = [this.#ids, this.#high, this.#low, this.#count];
    const near: number[][] = Array.from({ length: distance + 1 }, () => []);
    for (let line = 0; line < count; line += 1) {
      // Most differ too much in the first half: the other one is not even fetched from memory.
      const highBits = countBits((highs[line] ?? 0) ^ high);
      if (highBits > distance) continue;
      const bits = highBits + countBits((lows[line] ?? 0) ^ low);
      if (bits <= distance) near[bits]?.push(ids[line] ?? 0);
    }
    return near.flat();
  }

  #grow(): void {
    this.#ids = longer(this.#ids);
    this.#high = longer(this.#high);
    this.#low = longer(this.#low);
  }
}

function longer(column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * column.length);
  larger.set(column);
  return larger;
}
