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

/** How many bits of a 32-bit number are set, two, four, eight … at a time. */
export function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55_55_55_55);
  const fours = (pairs & 0x33_33_33_33) + ((pairs >>> 2) & 0x33_33_33_33);
  return (((fours + (fours >>> 4)) & 0x0f_0f_0f_0f) * 0x01_01_01_01) >>> 24;
}
