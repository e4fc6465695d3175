import { box } from './camera-files.ts';
import { insertSegments, jpegSegment } from '../metadata/samples.ts';

/** Both halves of a Live Photo as an iPhone writes them, as far as Cutline looks at them. */

/** A JPEG with an Exif block of Apple's: maker, and a maker note with the identifier between two other tags. */
export function makeLiveStill(photo: Buffer, identifier: string | undefined): Buffer {
  const make = Buffer.from('Apple\0', 'latin1');
  const note = makerNote(identifier);
  const exifAt = 8 + 2 + 2 * 12 + 4;
  const makeAt = exifAt + 2 + 12 + 4;
  const noteAt = makeAt + make.length;
  const tiff = Buffer.concat([
    Buffer.from('MM\0*\0\0\0\b', 'latin1'),
    directory([entry(0x01_0f, 2, make.length, makeAt), entry(0x87_69, 4, 1, exifAt)]),
    directory([entry(0x92_7c, 7, note.length, noteAt)]),
    make,
    note,
  ]);
  return insertSegments(photo, [jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]))]);
}

function makerNote(identifier: string | undefined): Buffer {
  const text = Buffer.from(`${identifier ?? ''}\0`, 'latin1');
  const count = identifier === undefined ? 2 : 3;
  const textAt = 14 + 2 + count * 12 + 4;
  const tags = [
    entry(0x00_01, 9, 1, 14),
    ...(identifier === undefined ? [] : [entry(0x00_11, 2, text.length, textAt)]),
    entry(0x00_14, 9, 1, 3),
  ];
  return Buffer.concat([Buffer.from('Apple iOS\0\0\x01MM', 'latin1'), directory(tags), text]);
}

function entry(tag: number, type: number, count: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(tag, 0);
  bytes.writeUInt16BE(type, 2);
  bytes.writeUInt32BE(count, 4);
  bytes.writeUInt32BE(value, 8);
  return bytes;
}

function directory(entries: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(entries.length);
  return Buffer.concat([head, ...entries, Buffer.alloc(4)]);
}

/** @param takenMs when, in UTC. A movie without pictures, whose keys (QuickTime File Format, “Metadata”) hold the identifier. */
export function makeLiveMovie(identifier: string | undefined, takenMs?: number): Buffer {
  const header = Buffer.alloc(100);
  // QuickTime counts the seconds from 1904, in UTC.
  if (takenMs !== undefined) header.writeUInt32BE(Math.floor((takenMs - Date.UTC(1904, 0, 1)) / 1000), 4);
  header.writeUInt32BE(600, 12);
  const keys = identifier === undefined ? [] : [metadata(identifier)];
  return Buffer.concat([
    box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
    box('mdat', Buffer.alloc(500)),
    box('moov', Buffer.concat([box('mvhd', header), ...keys])),
  ]);
}

function metadata(identifier: string): Buffer {
  const key = box('mdta', Buffer.from('com.apple.quicktime.content.identifier', 'latin1'));
  const value = box('data', Buffer.concat([uint32(1), uint32(0), Buffer.from(identifier, 'latin1')]));
  const item = Buffer.concat([uint32(value.length + 8), uint32(1), value]);
  const handler = Buffer.concat([uint32(0), uint32(0), Buffer.from('mdta', 'latin1'), Buffer.alloc(13)]);
  return box(
    'meta',
    Buffer.concat([
      box('hdlr', handler),
      box('keys', Buffer.concat([uint32(0), uint32(1), key])),
      box('ilst', item),
    ]),
  );
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
