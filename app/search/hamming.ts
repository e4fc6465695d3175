/** How photos look: 64 bits, of which alike photos share most (`imaging/perceptual-hash.ts`). */
export type Look = { readonly high: number; readonly low: number };

/** Bits that may differ between photos of one scene. */
export const alikeDistance = 10;
/** Bits that may differ between copies of one picture: smaller, compressed again, a little brighter, or the next frame. */
export const nearDistance = 4;

/** Whether a look says something: sky, fog or darkness alone gets brighter to one side everywhere, or nowhere. */
export function isTelling({ high, low }: Look): boolean {
  const set = countBits(high) + countBits(low);
  return set > nearDistance && set < 64 - nearDistance;
}

/** @param hash 16 hexadecimal digits */
export function toLook(hash: string): Look {
  return { high: Number.parseInt(hash.slice(0, 8), 16), low: Number.parseInt(hash.slice(8), 16) };
}

/** How many of the 64 bits differ. */
export function lookDistance(one: Look, other: Look): number {
  return countBits(one.high ^ other.high) + countBits(one.low ^ other.low);
}

/** How many bits are set in each number of 16 bits. */
const bitsOf = new Uint8Array(2 ** 16);
for (let number = 1; number < bitsOf.length; number += 1) {
  bitsOf[number] = (number & 1) + (bitsOf[number >> 1] ?? 0);
}

/** How many bits of a 32-bit number are set. Looked up: two thirds of the time that it takes to reckon. */
export function countBits(bits: number): number {
  return (bitsOf[bits & 0xff_ff] ?? 0) + (bitsOf[bits >>> 16] ?? 0);
}
