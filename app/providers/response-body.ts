/** No chat completion is longer; what goes on for ever is none. */
const longestBodyChars = 32 * 1024 * 1024;

/** How reading ended: all of it, early because the reader had enough, or broken by the network. */
export type BodyEnd =
  | { readonly kind: 'complete' | 'stopped' | 'too-long' }
  | { readonly kind: 'broken'; readonly error: unknown };

type Piece = { readonly bytes: Uint8Array } | { readonly end: BodyEnd };

/**
 * Reads a body piece by piece, decoded, and gives what arrived even when the connection breaks: it may have been paid for.
 * `onText` ends the reading early by answering `true`. Throws nothing but what `onText` throws.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  onText: (text: string) => boolean = () => false,
): Promise<{ readonly text: string; readonly end: BodyEnd }> {
  if (body === null) return { text: '', end: { kind: 'complete' } };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const piece = await readPiece(reader);
      const decoded = 'bytes' in piece ? decoder.decode(piece.bytes, { stream: true }) : decoder.decode();
      text += decoded;
      const isEnough = onText(decoded);
      if ('end' in piece) return { text, end: piece.end };
      if (isEnough) return { text, end: { kind: 'stopped' } };
      if (text.length > longestBodyChars) return { text, end: { kind: 'too-long' } };
    }
  } finally {
    // Closes the connection when something is left in it; otherwise it does nothing.
    reader.cancel().catch(() => undefined);
  }
}

async function readPiece(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Piece> {
  try {
    const { value, done } = await reader.read();
    return done ? { end: { kind: 'complete' } } : { bytes: value };
  } catch (error) {
    return { end: { kind: 'broken', error } };
  }
}
