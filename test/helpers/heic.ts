import { box } from './camera-files.ts';

/**
 * HEIC files without an encoder: HEVC (ITU-T H.265) has blocks of plain samples (`pcm_flag`), of which a picture can be
 * made by hand. Everything else in it is as a phone writes it, but for the tiles.
 */

export type HeicPhoto = {
  /** A multiple of 16. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green and blue of a place, 0-255, in the file's own colours. */
  readonly colorAt: (x: number, y: number) => readonly [number, number, number];
  /** ITU-T H.273 numbers. @default sRGB's */
  readonly nclx?: { readonly primaries: number; readonly transfer: number };
  /** An ICC profile beside them. */
  readonly profile?: Uint8Array;
  /** Quarter turns against the clock, as `irot` says them. */
  readonly turns?: number;
};

export function makeHeic(photo: HeicPhoto): Buffer {
  const { widthPx, heightPx, nclx = { primaries: 1, transfer: 13 }, profile, turns = 0 } = photo;
  const slice = nal(19, writeSlice(photo));
  const picture = Buffer.concat([uint32(slice.length), slice]);
  const colors = Buffer.from([0, nclx.primaries, 0, nclx.transfer, 0, 6, 0x80]);
  const properties = [
    box('hvcC', hevcConfiguration(widthPx, heightPx)),
    fullBox('ispe', Buffer.concat([uint32(widthPx), uint32(heightPx)])),
    box('colr', Buffer.concat([Buffer.from('nclx'), colors])),
    ...(profile === undefined ? [] : [box('colr', Buffer.concat([Buffer.from('prof'), profile]))]),
    ...(turns === 0 ? [] : [box('irot', Buffer.from([turns]))]),
  ];
  // The decoder's configuration and turns must be obeyed, the others may be passed over.
  const numbers = properties.map((property, index) => {
    return (/hvcC|irot/.test(property.toString('latin1', 4, 8)) ? 0x81 : 1) + index;
  });
  const associations = Buffer.from([0, 0, 0, 1, 0, 1, properties.length, ...numbers]);
  const fileType = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const meta = (dataAt: number) =>
    fullBox(
      'meta',
      Buffer.concat([
        fullBox('hdlr', Buffer.concat([uint32(0), Buffer.from('pict'), Buffer.alloc(13)])),
        fullBox('pitm', Buffer.from([0, 1])),
        fullBox(
          'iinf',
          Buffer.concat([Buffer.from([0, 1]), fullBox('infe', Buffer.from('\0\x01\0\0hvc1\0', 'latin1'), 2)]),
        ),
        box('iprp', Buffer.concat([box('ipco', Buffer.concat(properties)), fullBox('ipma', associations)])),
        fullBox(
          'iloc',
          Buffer.concat([Buffer.from('44000001000100000001', 'hex'), uint32(dataAt), uint32(picture.length)]),
        ),
      ]),
    );
  const dataAt = fileType.length + meta(0).length + 8;
  return Buffer.concat([fileType, meta(dataAt), box('mdat', picture)]);
}

function fullBox(type: string, content: Uint8Array, version = 0): Buffer {
  return box(type, Buffer.concat([Buffer.from([version, 0, 0, 0]), content]));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Bits, most significant first, and the numbers of H.265 made of them. */
class BitWriter {
  #bits = '';

  u(length: number, value: number): this {
    this.#bits += value.toString(2).padStart(length, '0');
    return this;
  }

  ue(...values: number[]): this {
    for (const value of values) {
      const digits = (value + 1).toString(2);
      this.#bits += '0'.repeat(digits.length - 1) + digits;
    }
    return this;
  }

  /** A one, and zeros up to a whole byte. */
  end(): Buffer {
    const bits = `${this.#bits}1`;
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
    return Buffer.from(padded.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  }
}

/** General profile *Main Still Picture*, level 6.2. */
function profileTierLevel(bits: BitWriter): BitWriter {
  return bits.u(8, 3).u(32, 0x70_00_00_00).u(4, 0b1001).u(43, 0).u(1, 0).u(8, 186);
}

function videoParameters(): Buffer {
  const bits = new BitWriter().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xff_ff);
  return profileTierLevel(bits).u(1, 1).ue(0, 0, 0).u(6, 0).ue(0).u(2, 0).end();
}

/** Blocks of 16 × 16, all of them may be plain samples of 8 bits, and no filter touches them. */
function sequenceParameters(widthPx: number, heightPx: number): Buffer {
  const bits = profileTierLevel(new BitWriter().u(4, 0).u(3, 0).u(1, 1));
  bits.ue(0, 1, widthPx, heightPx).u(1, 0).ue(0, 0, 0).u(1, 1).ue(0, 0, 0);
  bits.ue(1, 0, 0, 2, 0, 0).u(3, 0).u(1, 1).u(4, 7).u(4, 7).ue(1, 0).u(1, 1);
  return bits.ue(0).u(5, 0).end();
}

function pictureParameters(): Buffer {
  const bits = new BitWriter().ue(0, 0).u(7, 0).ue(0, 0, 0).u(3, 0).ue(0, 0);
  return bits.u(6, 0).u(1, 0).u(1, 1).u(2, 0b01).u(2, 0).ue(0).u(2, 0).end();
}

function hevcConfiguration(widthPx: number, heightPx: number): Buffer {
  const head = Buffer.from('010370000000900000000000baf000fcfdf8f800000f', 'hex');
  const sets: [number, Buffer][] = [
    [32, videoParameters()],
    [33, sequenceParameters(widthPx, heightPx)],
    [34, pictureParameters()],
  ];
  const arrays = sets.map(([type, payload]) => {
    const unit = nal(type, payload);
    return Buffer.concat([Buffer.from([0x80 | type, 0, 1, unit.length >> 8, unit.length & 0xff]), unit]);
  });
  return Buffer.concat([head.subarray(0, 22), Buffer.from([arrays.length]), ...arrays]);
}

/** A unit with its header; three zeros never follow each other in it (§7.4.2). */
function nal(type: number, payload: Buffer): Buffer {
  const bytes: number[] = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
}

/** Least probable ranges of table 9-46 for a range of 448 to 511, by state. */
const leastProbable = [
  240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135, 128, 122, 116, 110, 104, 99, 94, 89, 85, 80, 76,
  72, 69, 65, 62, 59, 56, 53, 50, 48, 45, 43, 41, 39, 37, 35, 33, 31, 30, 28, 27, 25, 24, 23, 22, 21, 20, 19,
  18, 17, 16, 15, 14, 14, 13, 12, 12, 11, 11, 10, 9,
];

/**
 * Every block says "not divided" (the probable value, of which each block is surer than the one before) and "plain samples",
 * which ends the arithmetic code: so the code of a block is one number of nine bits, that can be computed by hand (§9.3.4.3).
 */
function writeSlice(photo: HeicPhoto): Buffer {
  const { widthPx, heightPx } = photo;
  const header = new BitWriter().u(2, 0b10).ue(0, 2, 0).end();
  const pieces = [header];
  const [columns, rows] = [widthPx / 16, heightPx / 16];
  for (let block = 0; block < columns * rows; block++) {
    const range = (block === 0 ? 510 : 508) - (leastProbable[Math.min(block, 62)] ?? 0) - 2;
    pieces.push(Buffer.from([range >> 1, 0x80]));
    pieces.push(samplesOf(photo, (block % columns) * 16, Math.floor(block / columns) * 16));
  }
  // The last block is the last.
  return Buffer.concat([...pieces, Buffer.from([508 >> 1, 0x80])]);
}

/** Full-range YCbCr after BT.601, colours at half the resolution. */
function samplesOf({ colorAt }: HeicPhoto, left: number, top: number): Buffer {
  const plane = (step: number, weights: readonly number[], offset: number) =>
    Array.from({ length: (16 / step) ** 2 }, (_, index) => {
      const [x, y] = [(index % (16 / step)) * step, Math.floor(index / (16 / step)) * step];
      const sum = colorAt(left + x, top + y).reduce(
        (total, value, part) => total + value * (weights[part] ?? 0),
        offset,
      );
      return Math.min(255, Math.max(0, Math.round(sum)));
    });
  return Buffer.from([
    ...plane(1, [0.299, 0.587, 0.114], 0),
    ...plane(2, [-0.168_736, -0.331_264, 0.5], 128),
    ...plane(2, [0.5, -0.418_688, -0.081_312], 128),
  ]);
}
