/**
 * The file formats that Cutline tells apart, by content. Those that this release cannot decode are listed with their reason and tried again when a release adds them (DESIGN §11).
 */

export type FormatKind = 'photo' | 'video' | 'other';

/**
 * How a picture is decoded: `native` by libvips; `heavy` by a decoder that takes seconds and much memory, in a process
 * of its own; `preview` is a RAW, of which the JPEG is shown that the camera put into it; `frames` are taken out of a video
 * first (`video/`).
 */
export type Decoding = 'native' | 'heavy' | 'preview' | 'frames' | 'none';

type FormatFacts = { readonly kind: FormatKind; readonly name: string; readonly decoding: Decoding };

const photo = (name: string): FormatFacts => ({ kind: 'photo', name, decoding: 'native' });
const heavyPhoto = (name: string): FormatFacts => ({ kind: 'photo', name, decoding: 'heavy' });
const rawPhoto = (name: string): FormatFacts => ({ kind: 'photo', name, decoding: 'preview' });
const laterPhoto = (name: string): FormatFacts => ({ kind: 'photo', name, decoding: 'none' });
const video = (name: string): FormatFacts => ({ kind: 'video', name, decoding: 'frames' });
const other = (name: string): FormatFacts => ({ kind: 'other', name, decoding: 'none' });

const facts = {
  jpeg: photo('JPEG'),
  png: photo('PNG'),
  webp: photo('WebP'),
  avif: photo('AVIF'),
  tiff: photo('TIFF'),
  gif: photo('GIF'),

  heic: heavyPhoto('HEIC'),
  heif: heavyPhoto('HEIF'),
  jxl: heavyPhoto('JPEG XL'),
  jp2: laterPhoto('JPEG 2000'),
  bmp: laterPhoto('BMP'),
  psd: heavyPhoto('Photoshop PSD'),

  cr2: rawPhoto('Canon CR2'),
  cr3: rawPhoto('Canon CR3'),
  crw: rawPhoto('Canon CRW'),
  nef: rawPhoto('Nikon NEF'),
  arw: rawPhoto('Sony ARW'),
  raf: rawPhoto('Fujifilm RAF'),
  dng: rawPhoto('DNG'),
  orf: rawPhoto('Olympus ORF'),
  rw2: rawPhoto('Panasonic RW2'),
  pef: rawPhoto('Pentax PEF'),
  raw: rawPhoto('RAW'),

  mp4: video('MP4 video'),
  mov: video('QuickTime video'),
  avi: video('AVI video'),
  mkv: video('Matroska video'),
  webm: video('WebM video'),

  xmp: other('XMP sidecar'),
  unknown: other('Unknown format'),
} as const satisfies Record<string, FormatFacts>;

export type FileFormat = keyof typeof facts;

/** A format as people write it: `HEIC`, `Canon CR3`. */
export function formatName(format: FileFormat): string {
  return facts[format].name;
}

export function formatKind(format: FileFormat): FormatKind {
  return facts[format].kind;
}

/** Whether this release can make something of it. */
export function isSupported(format: FileFormat): boolean {
  return facts[format].decoding !== 'none';
}

export function decodingOf(format: FileFormat): Decoding {
  return facts[format].decoding;
}
