/** @file The icons of each system, drawn from the window's own (`renderer/icon.svg`). */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const source = readFileSync(join(import.meta.dirname, '../../renderer/icon.svg'));
/** Its view box is 1024 units wide: so many pixels at 72 dpi. */
const sourcePx = 1024;

/** @param {number} sizePx */
function png(sizePx) {
  return sharp(source, { density: (72 * sizePx) / sourcePx })
    .resize(sizePx, sizePx)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

const icoSizesPx = [16, 24, 32, 48, 64, 128, 256];

/** Windows' ICO: a directory of PNGs. */
async function ico() {
  const pictures = await Promise.all(icoSizesPx.map(png));
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + 16 * index;
    // A byte for each: 0 stands for 256.
    const size = (icoSizesPx[index] ?? 0) % 256;
    header.writeUInt8(size, at);
    header.writeUInt8(size, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(picture.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([header, ...pictures]);
}

/**
 * Apple's names of PNGs by size; several are another size at twice the density.
 *
 * @type {[type: string, sizePx: number][]}
 */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];

/** Apple's ICNS: blocks, each with its name and length before it. */
async function icns() {
  const blocks = await Promise.all(
    icnsTypes.map(async ([type, sizePx]) => {
      const picture = await png(sizePx);
      return Buffer.concat([blockHeader(type, picture.length), picture]);
    }),
  );
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  return Buffer.concat([blockHeader('icns', length), ...blocks]);
}

/**
 * @param {string} type
 * @param {number} contentBytes
 */
function blockHeader(type, contentBytes) {
  const header = Buffer.alloc(8);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(header.length + contentBytes, 4);
  return header;
}

const linuxSizesPx = [16, 32, 48, 64, 128, 256, 512, 1024];

/**
 * Writes `icon.ico`, `icon.icns` and, as Linux wants them, `16x16.png` to `1024x1024.png`.
 *
 * @param {string} folder
 */
export async function makeIcons(folder) {
  mkdirSync(folder, { recursive: true });
  for (const sizePx of linuxSizesPx) {
    writeFileSync(join(folder, `${sizePx}x${sizePx}.png`), await png(sizePx));
  }
  writeFileSync(join(folder, 'icon.ico'), await ico());
  writeFileSync(join(folder, 'icon.icns'), await icns());
}
