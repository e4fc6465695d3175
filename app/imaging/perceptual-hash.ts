/** A small picture that hash and colours are computed from: 9 × 8 cells of 8 × 8 pixels, red, green, blue. */
export const sampleWidthPx = 72;
export const sampleHeightPx = 64;

const cellPx = 8;
const columns = sampleWidthPx / cellPx;
const rows = sampleHeightPx / cellPx;

/**
 * The dHash of a sample: for each pair of neighboring cells, whether it gets brighter to the right. Resized, recompressed
 * and slightly corrected copies differ in a few of the 64 bits. 16 hexadecimal digits.
 */
export function perceptualHash(sample: Uint8Array): string {
  const brightness = new Float64Array(columns * rows);
  for (let y = 0; y < sampleHeightPx; y++) {
    for (let x = 0; x < sampleWidthPx; x++) {
      const at = (y * sampleWidthPx + x) * 3;
      const [red, green, blue] = [sample[at] ?? 0, sample[at + 1] ?? 0, sample[at + 2] ?? 0];
      const cell = Math.floor(y / cellPx) * columns + Math.floor(x / cellPx);
      brightness[cell] = (brightness[cell] ?? 0) + 0.299 * red + 0.587 * green + 0.114 * blue;
    }
  }

  let bits = 0n;
  for (let row = 0; row < rows; row++) {
    for (let column = 1; column < columns; column++) {
      const [left = 0, right = 0] = brightness.subarray(row * columns + column - 1);
      bits = (bits << 1n) | (left < right ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}
