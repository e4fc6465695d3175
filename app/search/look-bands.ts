import type { Look } from './hamming.ts';
import type { Looks } from './looks.ts';

/** A look is cut into so many bands of 16 bits. */
const bands = 4;
const valuesOfBand = 1 << 16;
/** Looks that differ in up to 7 bits have a band in which they differ in one bit or none: there they are looked for. */
export const mostBandDistance = 2 * bands - 1;

/**
 * Finds the few looks of very many that are nearly like one, without comparing it with each: every look is listed under the
 * values of its four bands (multi-index hashing). 16 bytes a look. Exact, up to `mostBandDistance`.
 */
export class LookBands {
  readonly #looks: Looks;
  #count = 0;
  /** By band and value: the line that came last, plus one; 0 is none. */
  readonly #last = new Uint32Array(bands * valuesOfBand);
  /** By line and band: the line before it with the same value, plus one. */
  #before = new Uint32Array(0);

  constructor(looks: Looks) {
    this.#looks = looks;
  }

  /** Takes up the looks that were added since. */
  catchUp(): void {
    const { count } = this.#looks;
    if (count * bands > this.#before.length) {
      const longer = new Uint32Array(2 * count * bands);
      longer.set(this.#before);
      this.#before = longer;
    }
    for (; this.#count < count; this.#count += 1) {
      for (const [band, value] of bandsOf(this.#looks.lookAt(this.#count)).entries()) {
        const slot = band * valuesOfBand + value;
        this.#before[this.#count * bands + band] = this.#last[slot] ?? 0;
        this.#last[slot] = this.#count + 1;
      }
    }
  }

  /** Ids of looks that differ in at most `distance` bits, in no order; one may be named twice. @param distance at most 7 */
  within(look: Look, distance: number): number[] {
    const ids: number[] = [];
    for (const [band, value] of bandsOf(look).entries()) {
      this.#collect(band, value, look, distance, ids);
      // Four bands share fewer than four differing bits only if one of them has none.
      if (distance < bands) continue;
      for (let bit = 0; bit < 16; bit += 1) this.#collect(band, value ^ (1 << bit), look, distance, ids);
    }
    return ids;
  }

  #collect(band: number, value: number, look: Look, distance: number, ids: number[]): void {
    let line = this.#last[band * valuesOfBand + value] ?? 0;
    while (line > 0) {
      if (this.#looks.distanceAt(line - 1, look) <= distance) ids.push(this.#looks.idAt(line - 1));
      line = this.#before[(line - 1) * bands + band] ?? 0;
    }
  }
}

function bandsOf({ high, low }: Look): readonly number[] {
  return [high >>> 16, high & 0xff_ff, low >>> 16, low & 0xff_ff];
}
