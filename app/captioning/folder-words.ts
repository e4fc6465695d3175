/** Folders that cameras and card readers make: `DCIM`, `100CANON`, `101_1203`, `100MSDCF`. */
const cameraFolder =
  /^(dcim|\d{3}[a-z_]{3,5}\d{0,4}|\d{3}_?\d{2,4}|camera( roll| uploads)?|misc|private|mp_root)$/iu;

/** Names that say what kind of files there are, or nothing. */
const plainNames = new Set(
  [
    'photo, photos, picture, pictures, image, images, my pictures, my photos, bilder, fotos, eigene bilder, mes images, imagenes',
    'new folder, neuer ordner, untitled, untitled folder, unsorted, misc, temp, tmp, test, import, imports, export, exports',
    'raw, raws, jpg, jpgs, jpeg, jpegs, tif, tiff, heic, dng, nef, original, originals, edit, edits, edited, final, selects, selected',
    'lightroom, capture one, darktable, backup, desktop, downloads, documents, users, home, media, mnt, volumes, nas, data',
  ].flatMap((line) => line.split(', ')),
);

/** A day, a month or a year in front, written as people write it in folders: `2019-07-14`, `20190714`, `2019_07`, `14.07.2019`. */
const leadingDate =
  /^(?:(?:19|20)\d{2}(?:[-_. ]?(?:0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?)?|(?:0?[1-9]|[12]\d|3[01])[-_.](?:0?[1-9]|1[0-2])[-_.](?:19|20)\d{2})(?=$|[^\p{L}\p{N}])/u;
const trailingDate =
  /[-_. (]+(?:19|20)\d{2}(?:[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?)?\)?$/u;
const monthOnly = /^(?:0?[1-9]|1[0-2])(?:[-_. ]+\p{L}+)?$/u;

/**
 * What a folder's name says of the photos in it: `2019-07-14 Iceland` says Iceland, `2019_07_Anna-Wedding` Anna Wedding.
 * `undefined` for what cameras, programs and calendars call their folders.
 */
export function cleanFolderName(name: string): string | undefined {
  let text = name.normalize('NFC').trim();
  if (cameraFolder.test(text) || monthOnly.test(text)) return undefined;
  // A range of days has two dates in front.
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(leadingDate, '').replace(/^[-–_.,\s]+/u, '');
  }
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/[-–_.,\s]+$/u, '').replace(trailingDate, '');
  }
  // In names without spaces, a hyphen or an underscore stands for one.
  const spaced = text.includes(' ') ? text.replaceAll('_', ' ') : text.replaceAll(/[-_]+/gu, ' ');
  const words = spaced.replaceAll(/\s+/gu, ' ').trim();
  if (!/\p{L}/u.test(words) || plainNames.has(words.toLowerCase())) return undefined;
  return cameraFolder.test(words) ? undefined : words;
}

/** The names that say something, outermost first, each once. */
export function folderWords(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => cleanFolderName(name) ?? []))];
}
