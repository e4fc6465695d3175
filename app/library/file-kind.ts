import type { ErrorCode } from '../contract/errors.ts';
import { formatKind, formatName, isSupported, type FileFormat } from '../imaging/formats.ts';

/** Why a file is no asset. */
export type FileReason = Extract<ErrorCode, 'sidecar' | 'not-a-photo' | 'cloud-placeholder'>;

/** What a file is by its name alone; ingestion looks at the content. */
export type FileKind =
  | {
      readonly asset: 'photo' | 'video';
      /** As `FileFormat`, or the extension where no release knows the format yet. */
      readonly format: string;
      /** As people write it. */
      readonly formatName: string;
    }
  | { readonly asset: null; readonly reason: FileReason };

/** Format → its extensions. */
const extensionsOf: Readonly<Partial<Record<FileFormat, string>>> = {
  jpeg: 'jpg jpeg jpe jfif',
  png: 'png apng',
  webp: 'webp',
  avif: 'avif avifs',
  tiff: 'tif tiff',
  gif: 'gif',
  heic: 'heic heif hif',
  jxl: 'jxl',
  jp2: 'jp2 j2k jpf jpx',
  bmp: 'bmp',
  psd: 'psd psb',
  cr2: 'cr2',
  cr3: 'cr3',
  crw: 'crw',
  nef: 'nef nrw',
  arw: 'arw sr2 srf',
  raf: 'raf',
  dng: 'dng',
  orf: 'orf ori',
  rw2: 'rw2',
  pef: 'pef',
  raw: '3fr dcr erf fff gpr iiq k25 kdc mef mos mrw raw rwl srw x3f',
  mp4: 'mp4 m4v 3gp',
  mov: 'mov qt',
  avi: 'avi',
  mkv: 'mkv',
  webm: 'webm',
};

/** Videos that no release knows yet. */
const otherVideoExtensions = 'insv m2ts m2v mpeg mpg mts wmv';

/** Of Adobe, digiKam and darktable; Apple; DxO; RawTherapee and ART; Capture One; ON1; Canon; Nikon; camera thumbnails. */
const sidecarExtensions = 'xmp aae dop pp3 arp cos on1 onphoto vrd dr4 nksc thm';

const notAPhoto: FileKind = { asset: null, reason: 'not-a-photo' };
const sidecar: FileKind = { asset: null, reason: 'sidecar' };
/** A file whose bytes lie in a cloud service: reading it would download it. */
export const cloudPlaceholder: FileKind = { asset: null, reason: 'cloud-placeholder' };

const kinds = new Map<string, FileKind>();
const formats = Object.keys(extensionsOf) as FileFormat[]; // why: Object.keys forgets their type
for (const format of formats) {
  const asset = formatKind(format) === 'video' ? 'video' : 'photo';
  const kind: FileKind = { asset, format, formatName: formatName(format) };
  for (const extension of extensionsOf[format]?.split(' ') ?? []) kinds.set(extension, kind);
}
for (const extension of otherVideoExtensions.split(' ')) {
  const name = `${extension.toUpperCase()} video`;
  kinds.set(extension, { asset: 'video', format: extension, formatName: name });
}
for (const extension of sidecarExtensions.split(' ')) kinds.set(extension, sidecar);

/** Of the name before, with its dot: those of a folder mostly end alike. */
let lastEnding = '.';
let lastKind: FileKind = notAPhoto;

/** By extension, in any case. */
export function kindOfName(name: string): FileKind {
  if (name.length > lastEnding.length && name.endsWith(lastEnding)) return lastKind;
  const dot = name.lastIndexOf('.');
  if (dot < 1) return notAPhoto;
  lastEnding = name.slice(dot);
  lastKind = kinds.get(lastEnding.slice(1).toLowerCase()) ?? notAPhoto;
  return lastKind;
}

/** Whether this release can read such videos. */
export function isKnownVideo(format: string): boolean {
  return supportedFormats.some((known) => known === format);
}

/** Formats that this release can decode: what was set aside as unsupported in one of them is tried again. */
export const supportedFormats: readonly FileFormat[] = formats.filter((format) => isSupported(format));
