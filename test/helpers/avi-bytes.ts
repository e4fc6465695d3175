/** An AVI of whatever bytes, written by Microsoft's AVI RIFF reference: one stream of pictures, sound between them. */
export type AviParts = {
  /** Bytes of each frame; an empty one shows the one before again. */
  readonly frames: readonly Uint8Array[];
  /** Bytes of sound behind each frame. @default 0 */
  readonly soundBytes?: number;
  /** Each frame with its sound in a list of its own. @default false */
  readonly inLists?: boolean;
  /** Offsets in the index from the name of the list, from the beginning of the file, or none at all. @default 'list' */
  readonly index?: 'list' | 'file' | 'none';
  /** @default 12 */
  readonly rate?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
};

export function aviBytes({
  frames,
  soundBytes = 0,
  inLists = false,
  index = 'list',
  rate = 12,
  widthPx = 64,
  heightPx = 48,
}: AviParts): Buffer {
  const main = Buffer.alloc(56);
  main.writeUInt32LE(Math.round(1e6 / rate), 0);
  main.writeUInt32LE(frames.length, 16);
  main.writeUInt32LE(2, 24);
  main.writeUInt32LE(widthPx, 32);
  main.writeUInt32LE(heightPx, 36);
  const format = Buffer.alloc(40);
  format.writeUInt32LE(40, 0);
  format.writeInt32LE(widthPx, 4);
  format.writeInt32LE(heightPx, 8);
  format.write('MJPG', 16, 'latin1');
  const headers = list(
    'hdrl',
    chunk('avih', main),
    list('strl', chunk('strh', streamHeader('auds', 8000, 0)), chunk('strf', Buffer.alloc(16))),
    list('strl', chunk('strh', streamHeader('vids', rate, frames.length)), chunk('strf', format)),
  );
  const entries: Buffer[] = [];
  const bodies: Buffer[] = [];
  /** Where the name of the list of frames stands. */
  const base = 12 + headers.length + 8;
  let at = 4;
  const put = (id: string, bytes: Uint8Array): Buffer => {
    const entry = Buffer.alloc(16);
    entry.write(id, 0, 'latin1');
    entry.writeUInt32LE(0x10, 4);
    entry.writeUInt32LE(index === 'file' ? base + at : at, 8);
    entry.writeUInt32LE(bytes.length, 12);
    entries.push(entry);
    const written = chunk(id, bytes);
    at += written.length;
    return written;
  };
  for (const frame of frames) {
    if (inLists) at += 12;
    const chunks = [put('01dc', frame), ...(soundBytes === 0 ? [] : [put('00wb', Buffer.alloc(soundBytes))])];
    bodies.push(inLists ? list('rec ', ...chunks) : Buffer.concat(chunks));
  }
  const behind = index === 'none' ? [] : [chunk('idx1', Buffer.concat(entries))];
  const content = [Buffer.from('AVI ', 'latin1'), headers, list('movi', ...bodies), ...behind];
  return chunk('RIFF', Buffer.concat(content));
}

function streamHeader(type: 'vids' | 'auds', rate: number, length: number): Buffer {
  const header = Buffer.alloc(56);
  // Whoever made it, as a Kodak of 2006 writes it: not what it is compressed with.
  header.write(`${type}${type === 'vids' ? 'SPMP' : '\0\0\0\0'}`, 0, 'latin1');
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(length, 32);
  return header;
}

function chunk(id: string, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
}

function list(name: string, ...chunks: readonly Buffer[]): Buffer {
  return chunk('LIST', Buffer.concat([Buffer.from(name, 'latin1'), ...chunks]));
}
