/**
 * The file formats that Cutline tells apart, by content. `supported` = can be decoded by this release; the others are
 * listed with their reason and tried again when a release adds them (DESIGN §11).
 */

export type FormatKind = 'photo' | 'video' | 'other';

type FormatFacts = { readonly kind: FormatKind; readonly name: string; readonly supported: boolean };

const photo = (name: string): FormatFacts => ({ kind: 'photo', name, supported: true });
const laterPhoto = (name: string): FormatFacts => ({ kind: 'photo', name, supported: false });
const video = (name: string): FormatFacts => ({ kind: 'video', name, supported: false });
const other = (name: string): FormatFacts => ({ kind: 'other', name, supported: false });

const facts = {
  jpeg: photo('JPEG'),
  png: photo('PNG'),
  webp: photo('WebP'),
  avif: photo('AVIF'),
  tiff: photo('TIFF'),
  gif: photo('GIF'),

  heic: laterPhoto('HEIC'),
  heif: laterPhoto('HEIF'),
  jxl: laterPhoto('JPEG XL'),
  jp2: laterPhoto('JPEG 2000'),
  bmp: laterPhoto('BMP'),
  psd: laterPhoto('Photoshop PSD'),

  cr2: laterPhoto('Canon CR2'),
  cr3: laterPhoto('Canon CR3'),
  crw: laterPhoto('Canon CRW'),
  nef: laterPhoto('Nikon NEF'),
  arw: laterPhoto('Sony ARW'),
  raf: laterPhoto('Fujifilm RAF'),
  dng: laterPhoto('DNG'),
  orf: laterPhoto('Olympus ORF'),
  rw2: laterPhoto('Panasonic RW2'),
  pef: laterPhoto('Pentax PEF'),
  raw: laterPhoto('RAW'),

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

/** Whether this release can decode it. */
export function isSupported(format: FileFormat): boolean {
  return facts[format].supported;
}
