import {
  ALL_FORMATS,
  CustomSource,
  EncodedPacketSink,
  Input,
  VideoSampleSink,
  type InputVideoTrack,
} from 'mediabunny';
import type { PageAnswer, PageWish } from '../decoder-words.ts';

/** An answer without its number, and the frame itself. */
export type PageOutcome = Outcome<PageAnswer> & { readonly jpeg?: ArrayBuffer };
type Outcome<Answer> = Answer extends unknown ? Omit<Answer, 'number'> : never;

/** The file that was looked into last: most wishes are for the same one. */
let open: { readonly name: string; readonly input: Input } | undefined;

/** Never throws: whatever happens says something of the file. */
export async function takeFrame(wish: PageWish): Promise<PageOutcome> {
  try {
    const track = await openFile(wish).getPrimaryVideoTrack();
    if (track === null) return { status: 'unreadable', reason: 'It holds no pictures.' };
    if (!(await track.canDecode())) return { status: 'no-decoder', codec: (await track.getCodec()) ?? '' };
    return await decode(track, wish);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'unreadable', reason: reason.slice(0, 200) };
  }
}

async function decode(track: InputVideoTrack, { atMs, boxPx, seek }: PageWish): Promise<PageOutcome> {
  const wantedS = atMs / 1000;
  let timeS = wantedS;
  if (seek === 'key-frame') {
    const packets = new EncodedPacketSink(track);
    const options = { verifyKeyPackets: true, metadataOnly: false };
    const packet =
      (await packets.getKeyPacket(wantedS, options)) ?? (await packets.getFirstKeyPacket(options));
    if (packet === null) return { status: 'none' };
    timeS = packet.timestamp;
  }
  const sample = await new VideoSampleSink(track).getSample(timeS);
  if (sample === null) return { status: 'none' };
  try {
    const [width, height] = [sample.displayWidth, sample.displayHeight];
    const scale = Math.min(1, boxPx / Math.max(width, height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    );
    const context = canvas.getContext('2d');
    if (context === null) return { status: 'unreadable', reason: 'There is no canvas of this size.' };
    sample.draw(context, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
    const timeMs = Math.max(0, Math.round(sample.timestamp * 1000));
    return { status: 'taken', timeMs, jpeg: await blob.arrayBuffer() };
  } finally {
    sample.close();
  }
}

function openFile({ name, sizeBytes }: PageWish): Input {
  if (open?.name === name) return open.input;
  open?.input.dispose();
  const source = new CustomSource({
    getSize: () => sizeBytes,
    read: (start, end) => read(name, start, end),
    prefetchProfile: 'fileSystem',
  });
  open = { name, input: new Input({ source, formats: ALL_FORMATS }) };
  return open.input;
}

/** All of the range: the main process gives so much at a time as it wants to. */
async function read(name: string, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  for (let at = start; at < end;) {
    const response = await fetch(`file/${name}`, {
      headers: { range: `bytes=${String(at)}-${String(end - 1)}` },
    });
    if (response.status !== 206) throw new Error('The file cannot be read any more.');
    const part = new Uint8Array(await response.arrayBuffer());
    if (part.length === 0) throw new Error('The file ends before it should.');
    bytes.set(part, at - start);
    at += part.length;
  }
  return bytes;
}
