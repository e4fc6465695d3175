import sharp from 'sharp';

/** @file Photos with text, drawn for tests: signs before a natural-looking backdrop, pages and screens. */

export type TextPhoto = {
  readonly name: string;
  readonly bytes: Buffer;
  /** What it says, in lower case, from top to bottom. */
  readonly lines: readonly string[];
  /** The same, word by word. */
  readonly words: readonly string[];
  /** Height of a small letter, in parts of the longer side. */
  readonly letterShare: number;
};

const vocabulary = (
  'harbour ticket office entrance museum garden station platform bakery coffee fresh bread open daily closed monday ' +
  'exit parking private property danger water quality market street summer winter festival music library photo gallery ' +
  'history welcome visitors information please keep quiet reserved manager contact number address salad soup pasta'
).split(' ');

const arabic =
  'ميناء تذكرة مكتب مدخل متحف حديقة محطة رصيف مخبز قهوة طازج خبز مفتوح يوميا مغلق الاثنين مخرج موقف خاص خطر ماء سوق شارع'.split(
    ' ',
  );

/** The same numbers for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pickWords(random: () => number, count: number, words: readonly string[] = vocabulary): string[] {
  return Array.from({ length: count }, () => words[Math.floor(random() * words.length)] ?? 'exit');
}

const width = 1600;
const height = 1200;

/** Noise of several sizes over one colour: as uneven as leaves, walls and clouds. No text. */
export async function drawBackdrop(seed: number, widthPx = width, heightPx = height): Promise<Buffer> {
  const random = createRandom(seed);
  const tone = (): number => 60 + Math.floor(random() * 120);
  const layers = [4, 12, 48, 160].map(async (cells) => {
    const rows = Math.max(2, Math.round((cells * heightPx) / widthPx));
    const pixels = Uint8Array.from({ length: cells * rows * 4 }, (_, index) =>
      index % 4 === 3 ? 70 : random() * 255,
    );
    const input = await sharp(pixels, { raw: { width: cells, height: rows, channels: 4 } })
      .resize(widthPx, heightPx, { kernel: 'cubic', fit: 'fill' })
      .raw()
      .toBuffer();
    return { input, raw: { width: widthPx, height: heightPx, channels: 4 as const } };
  });
  const background = { r: tone(), g: tone(), b: tone() };
  return sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } })
    .composite(await Promise.all(layers))
    .jpeg({ quality: 90 })
    .toBuffer();
}

type SignWish = {
  readonly seed: number;
  /** Height of a small letter, in pixels of 1600. */
  readonly letterPx: number;
  readonly lines?: number;
  readonly wordsPerLine?: number;
  readonly degrees?: number;
  /** 0–1: of the letters against the board. @default 1 */
  readonly contrast?: number;
  readonly font?: string;
  /** @default English */
  readonly vocabulary?: readonly string[];
};

/** A light board with dark letters. */
export async function drawSign(name: string, wish: SignWish): Promise<TextPhoto> {
  const {
    seed,
    letterPx,
    lines = 3,
    wordsPerLine = 2,
    degrees = 0,
    contrast = 1,
    font = 'DejaVu Sans',
    vocabulary: words,
  } = wish;
  const random = createRandom(seed);
  const size = letterPx / 0.53;
  const texts = Array.from({ length: lines }, () => pickWords(random, wordsPerLine, words).join(' '));
  const boardWidth = Math.max(...texts.map(({ length }) => length)) * size * 0.66 + size * 1.2;
  const boardHeight = lines * size * 1.35 + size;
  const left = (width - boardWidth) / 2;
  const top = (height - boardHeight) / 2;
  const ink = Math.round(235 - 205 * contrast);
  const drawn = texts.map(
    (text, index) =>
      `<text x="${left + size * 0.6}" y="${top + size * (1.2 + index * 1.35)}" font-family="${font}" font-size="${size}" fill="rgb(${ink},${ink},${ink})">${text}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g transform="rotate(${degrees} ${width / 2} ${height / 2})"><rect x="${left}" y="${top}" width="${boardWidth}" height="${boardHeight}" fill="rgb(235,230,220)"/>${drawn.join('')}</g></svg>`;
  const bytes = await sharp(await drawBackdrop(seed, width, height))
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 90 })
    .toBuffer();
  return {
    name,
    bytes,
    lines: texts,
    words: texts.flatMap((text) => text.split(' ')),
    letterShare: letterPx / width,
  };
}

type NoticeWish = {
  readonly seed: number;
  /** Height of a small letter of the small print, in pixels of 1600; those of the headline are 60. */
  readonly letterPx: number;
  readonly lines: number;
  readonly wordsPerLine: number;
  /** 0–1: of the small print against the board. @default 1 */
  readonly contrast?: number;
  readonly font?: string;
};

/** A board with a headline in large letters, and small print below it. */
export async function drawNotice(name: string, wish: NoticeWish): Promise<TextPhoto> {
  const { seed, letterPx, lines, wordsPerLine, contrast = 1, font = 'DejaVu Sans' } = wish;
  const random = createRandom(seed);
  const size = letterPx / 0.53;
  const headline = pickWords(random, 2).join(' ');
  const smallPrint = Array.from({ length: lines }, () => pickWords(random, wordsPerLine).join(' '));
  const ink = Math.round(235 - 205 * contrast);
  const drawn = smallPrint.map(
    (text, index) =>
      `<text x="190" y="${650 + index * size * 1.35}" font-family="${font}" font-size="${size}" fill="rgb(${ink},${ink},${ink})">${text}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect x="150" y="350" width="1300" height="600" fill="rgb(235,230,220)"/><text x="190" y="520" font-family="${font}" font-size="112" fill="rgb(30,30,30)">${headline}</text>${drawn.join('')}</svg>`;
  const bytes = await sharp(await drawBackdrop(seed, width, height))
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 90 })
    .toBuffer();
  const texts = [headline, ...smallPrint];
  return {
    name,
    bytes,
    lines: texts,
    words: texts.flatMap((text) => text.split(' ')),
    letterShare: letterPx / width,
  };
}

type PageWish = {
  readonly seed: number;
  readonly letterPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isDark?: boolean;
  readonly font?: string;
};

/** A page or a screen, full of lines: they stand between 0.07 and 0.92 of its height, evenly. */
export async function drawPage(name: string, wish: PageWish): Promise<TextPhoto> {
  const { seed, letterPx, widthPx, heightPx, isDark = false, font = 'Liberation Sans' } = wish;
  const random = createRandom(seed);
  const size = letterPx / 0.5;
  const perLine = Math.max(1, Math.floor((widthPx * 0.8) / (size * 3.8)));
  const lines = Array.from({ length: Math.floor((heightPx * 0.85) / (size * 1.4)) }, () =>
    pickWords(random, perLine).join(' '),
  );
  const [paper, ink] = isDark ? ['#191919', '#ebebeb'] : ['#f0f0f0', '#1e1e1e'];
  const drawn = lines.map(
    (text, index) =>
      `<text x="${widthPx * 0.08}" y="${heightPx * 0.07 + size * 1.4 * (index + 1)}" font-family="${font}" font-size="${size}" fill="${ink}">${text}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="${widthPx}" height="${heightPx}" fill="${paper}"/>${drawn.join('')}</svg>`;
  return {
    name,
    bytes: await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer(),
    lines,
    words: lines.flatMap((text) => text.split(' ')),
    letterShare: letterPx / Math.max(widthPx, heightPx),
  };
}

/** A dozen of what people photograph because of its text, from large letters to small print. */
export function drawTextPhotos(): Promise<TextPhoto[]> {
  return Promise.all([
    drawSign('large letters', { seed: 1, letterPx: 48 }),
    drawSign('a sign', { seed: 2, letterPx: 28 }),
    drawSign('a sign with five lines', { seed: 3, letterPx: 18, lines: 5 }),
    drawSign('small letters', { seed: 4, letterPx: 12, lines: 6 }),
    drawSign('very small letters', { seed: 5, letterPx: 9, lines: 6, wordsPerLine: 3 }),
    drawSign('a sign in serifs', { seed: 6, letterPx: 24, lines: 4, font: 'DejaVu Serif' }),
    drawSign('a slanting sign', { seed: 7, letterPx: 36, degrees: 6 }),
    drawSign('a sign on its side', { seed: 8, letterPx: 32, degrees: 90 }),
    drawSign('a faded sign', { seed: 9, letterPx: 32, contrast: 0.3 }),
    drawPage('a menu', { seed: 10, letterPx: 16, widthPx: 1200, heightPx: 1600 }),
    drawPage('a screen at night', { seed: 11, letterPx: 9, widthPx: 1440, heightPx: 900, isDark: true }),
    drawPage('a telephone’s screen', { seed: 12, letterPx: 18, widthPx: 1170, heightPx: 2532 }),
  ]);
}

/** Where large letters end and small ones begin, in several types. */
export function drawSignsOfAllSizes(): Promise<TextPhoto[]> {
  return Promise.all([
    drawSign('letters of a fortieth', { seed: 41, letterPx: 40, font: 'Liberation Sans', contrast: 0.5 }),
    drawSign('letters of a fortieth, narrow', { seed: 42, letterPx: 40, font: 'Liberation Sans Narrow' }),
    drawSign('letters of a fiftieth, typewritten', { seed: 43, letterPx: 32, font: 'Liberation Mono' }),
    drawSign('letters of a sixtieth', { seed: 44, letterPx: 26, wordsPerLine: 3 }),
    drawSign('letters of a sixtieth, typewritten', { seed: 45, letterPx: 26, font: 'Liberation Mono' }),
    drawSign('letters of a seventieth', { seed: 46, letterPx: 23, wordsPerLine: 3, contrast: 0.4 }),
    drawSign('letters of an eightieth, typewritten', { seed: 47, letterPx: 20, font: 'Liberation Mono' }),
    drawSign('slanting letters of a sixty-seventh', { seed: 48, letterPx: 24, degrees: 8 }),
    drawSign('slanting letters of a hundredth', { seed: 49, letterPx: 16, degrees: 8, wordsPerLine: 3 }),
  ]);
}

const paragraph = { lines: 2, wordsPerLine: 4 };
const remark = { lines: 1, wordsPerLine: 2 };

/** Small print under a headline in large letters. */
export function drawNotices(): Promise<TextPhoto[]> {
  const serif = 'Liberation Serif';
  return Promise.all([
    drawNotice('small print', { ...paragraph, seed: 50, letterPx: 16 }),
    drawNotice('small print in serifs', { ...paragraph, seed: 51, letterPx: 18, font: serif }),
    drawNotice('a few small words', { ...remark, seed: 52, letterPx: 16 }),
    drawNotice('smaller print', { ...paragraph, seed: 53, letterPx: 13, font: 'Liberation Sans' }),
  ]);
}

/** As above, but the small print is so pale that a recogniser sees little of it; a model may see more. */
export function drawFadedNotices(): Promise<TextPhoto[]> {
  const mono = 'Liberation Mono';
  return Promise.all([
    drawNotice('a few faded words', { ...remark, seed: 54, letterPx: 14, contrast: 0.35 }),
    drawNotice('faded small print', { ...paragraph, seed: 55, letterPx: 18, contrast: 0.2 }),
    drawNotice('a few very faded words', { ...remark, seed: 59, letterPx: 18, contrast: 0.15 }),
    drawNotice('very faded small print', { ...paragraph, seed: 56, letterPx: 20, contrast: 0.12 }),
    drawNotice('faded typewritten print', {
      ...paragraph,
      seed: 57,
      letterPx: 16,
      contrast: 0.2,
      font: mono,
    }),
  ]);
}

/** A script whose letters are joined, and whose strokes stand far apart. */
export function drawArabicSigns(): Promise<TextPhoto[]> {
  const sign = { lines: 6, wordsPerLine: 3, vocabulary: arabic };
  return Promise.all([
    drawSign('Arabic letters of a hundredth', { ...sign, seed: 60, letterPx: 16 }),
    drawSign('Arabic letters of an eightieth', { ...sign, seed: 61, letterPx: 20 }),
    drawSign('Arabic letters of a seventieth', { ...sign, seed: 62, letterPx: 23 }),
  ]);
}
