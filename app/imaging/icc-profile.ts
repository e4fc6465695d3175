/**
 * Profiles for colours that a file names only by numbers (ITU-T H.273), as HEIF does: a matrix and a curve, after
 * ICC.1:2001-04.
 */

type Chromaticities = readonly [red: Point, green: Point, blue: Point];
type Point = readonly [x: number, y: number];
type Matrix = readonly (readonly number[])[];

/** H.273 table 2, all with the white of D65. 1 is sRGB's, which needs no profile. */
const primariesOf: Readonly<Record<number, Chromaticities>> = {
  9: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
  12: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};
const sRgbPrimaries: Chromaticities = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
];
const d65: Point = [0.3127, 0.329];
/** The white of profiles. */
const d50 = [0.9642, 1, 0.8249];
/** Bradford's: how the eye follows a change of white. */
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

const perceptualQuantizer = 16;
const hybridLogGamma = 18;
const curvePoints = 1024;

/**
 * `undefined` where sRGB is right: its own primaries with any ordinary curve, and numbers that say nothing. Of pictures
 * for HDR screens (transfer 16 and 18) the highlights are pressed into what a sheet of paper can show.
 */
export function profileFor(primaries: number, transfer: number): Uint8Array | undefined {
  const isHdr = transfer === perceptualQuantizer || transfer === hybridLogGamma;
  const points = primariesOf[primaries] ?? (isHdr ? sRgbPrimaries : undefined);
  return points === undefined ? undefined : writeProfile(toMatrix(points), curveOf(transfer));
}

/** Adobe RGB (1998): its own green, and a plain power for a curve. */
export function adobeRgbProfile(): Uint8Array {
  const [red, , blue] = sRgbPrimaries;
  return writeProfile(toMatrix([red, [0.21, 0.71], blue]), (signal) => signal ** (563 / 256));
}

/** Signal 0-1 → light, where 1 is the white of paper. */
function curveOf(transfer: number): (signal: number) => number {
  if (transfer === perceptualQuantizer) return (signal) => toPaper(lightOfPq(signal));
  if (transfer === hybridLogGamma) return (signal) => toPaper(lightOfHlg(signal));
  return (signal) => (signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4);
}

/** Candelas per square metre; SMPTE ST 2084. */
function lightOfPq(signal: number): number {
  const [m1, m2, c1, c2, c3] = [2610 / 16_384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128];
  const power = signal ** (1 / m2);
  return 10_000 * (Math.max(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1);
}

/** On a screen of 1000 candelas; ITU-R BT.2100. */
function lightOfHlg(signal: number): number {
  const [a, b, c] = [0.178_832_77, 0.284_668_92, 0.559_910_73];
  const scene = signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12;
  return 1000 * scene ** 1.2;
}

/** White is 203 candelas (ITU-R BT.2408). What is brighter is bent gently from three quarters of that on. */
function toPaper(light: number): number {
  const relative = light / 203;
  const knee = 0.75;
  return relative <= knee ? relative : knee + (1 - knee) * (1 - Math.exp((knee - relative) / (1 - knee)));
}

/** Columns: the colours of red, green and blue in XYZ, under D50. */
function toMatrix(points: Chromaticities): Matrix {
  const colors = transpose(points.map(toXyz));
  const white = toXyz(d65);
  const amounts = multiply(invert(colors), transpose([white]));
  const scaled = colors.map((row) => row.map((value, column) => value * (amounts[column]?.[0] ?? 0)));
  const [from, to] = [white, d50].map((xyz) => multiply(bradford, transpose([xyz])).flat());
  const change = [0, 1, 2].map((row) =>
    [0, 1, 2].map((column) => (row === column ? (to?.[row] ?? 0) / (from?.[row] ?? 1) : 0)),
  );
  return multiply(multiply(multiply(invert(bradford), change), bradford), scaled);
}

function toXyz([x, y]: Point): number[] {
  return [x / y, 1, (1 - x - y) / y];
}

function transpose(matrix: Matrix): Matrix {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0));
}

function multiply(one: Matrix, other: Matrix): Matrix {
  const columns = transpose(other);
  return one.map((row) =>
    columns.map((column) => row.reduce((sum, value, index) => sum + value * (column[index] ?? 0), 0)),
  );
}

function invert(matrix: Matrix): Matrix {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix.flat();
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const adjugate = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return adjugate.map((row) => row.map((value) => value / determinant));
}

function writeProfile(matrix: Matrix, curve: (signal: number) => number): Uint8Array {
  const points = Buffer.alloc(12 + curvePoints * 2);
  points.write('curv', 0, 'latin1');
  points.writeUInt32BE(curvePoints, 8);
  for (let index = 0; index < curvePoints; index++) {
    const light = Math.min(Math.max(curve(index / (curvePoints - 1)), 0), 1);
    points.writeUInt16BE(Math.round(light * 65_535), 12 + index * 2);
  }
  const name = Buffer.alloc(104);
  name.write('desc', 0, 'latin1');
  name.writeUInt32BE(7, 8);
  name.write('Cutline', 12, 'latin1');
  const columns = transpose(matrix);
  const tags: [string, Buffer][] = [
    ['desc', name],
    ['wtpt', xyzTag(d50)],
    ...(['rXYZ', 'gXYZ', 'bXYZ'] as const).map((tag, index): [string, Buffer] => [
      tag,
      xyzTag(columns[index] ?? []),
    ]),
    ['rTRC', points],
    ['gTRC', points],
    ['bTRC', points],
  ];

  const head = Buffer.alloc(132 + tags.length * 12);
  const blocks = [...new Set(tags.map(([, data]) => data))];
  const placeOf = new Map<Buffer, number>();
  let end = head.length;
  for (const block of blocks) {
    placeOf.set(block, end);
    end += block.length;
  }
  head.writeUInt32BE(end, 0);
  head.writeUInt32BE(0x02_40_00_00, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  xyzTag(d50).copy(head, 68, 8);
  head.writeUInt32BE(tags.length, 128);
  for (const [index, [tag, data]] of tags.entries()) {
    const at = 132 + index * 12;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(placeOf.get(data) ?? 0, at + 4);
    head.writeUInt32BE(data.length, at + 8);
  }
  return Buffer.concat([head, ...blocks]);
}

function xyzTag(values: readonly number[]): Buffer {
  const data = Buffer.alloc(20);
  data.write('XYZ ', 0, 'latin1');
  for (const [index, value] of values.entries()) data.writeInt32BE(Math.round(value * 65_536), 8 + index * 4);
  return data;
}
