/** Letters without a font: a machine without any installed font must draw the same pictures. */

/** Five rows of three pixels each, top first; 1 = ink. */
const glyphs: Readonly<Record<string, string>> = {
  A: '010101111101101',
  B: '110101110101110',
  C: '011100100100011',
  D: '110101101101110',
  E: '111100110100111',
  F: '111100110100100',
  G: '011100101101011',
  H: '101101111101101',
  I: '111010010010111',
  J: '001001001101010',
  K: '101101110101101',
  L: '100100100100111',
  M: '101111111101101',
  N: '110101101101101',
  O: '010101101101010',
  P: '110101110100100',
  Q: '010101101111011',
  R: '110101110101101',
  S: '011100010001110',
  T: '111010010010010',
  U: '101101101101111',
  V: '101101101101010',
  W: '101101111111101',
  X: '101101010101101',
  Y: '101101010010010',
  Z: '111001010100111',
  0: '111101101101111',
  1: '010110010010111',
  2: '110001010100111',
  3: '110001010001110',
  4: '101101111001001',
  5: '111100110001110',
  6: '011100111101111',
  7: '111001010010010',
  8: '111101111101111',
  9: '111101111001110',
};

/** SVG of one line of text on a white board in the middle; characters without a glyph are left blank. */
export function drawLetters(text: string, widthPx: number, heightPx: number): string {
  const columns = text.length * 4 + 1;
  const dotPx = Math.min((widthPx * 0.9) / columns, (heightPx * 0.5) / 7);
  const leftPx = (widthPx - columns * dotPx) / 2;
  const topPx = (heightPx - 7 * dotPx) / 2;
  const dots = [];
  for (let index = 0; index < text.length; index++) {
    const glyph = glyphs[text.charAt(index).toUpperCase()] ?? '';
    for (let bit = 0; bit < glyph.length; bit++) {
      if (glyph[bit] !== '1') continue;
      const x = leftPx + (1 + index * 4 + (bit % 3)) * dotPx;
      const y = topPx + (1 + Math.floor(bit / 3)) * dotPx;
      dots.push(`<rect x="${x}" y="${y}" width="${dotPx}" height="${dotPx}"/>`);
    }
  }
  return `<rect x="${leftPx}" y="${topPx}" width="${columns * dotPx}" height="${7 * dotPx}" fill="#fff"/>${dots.join('')}`;
}
