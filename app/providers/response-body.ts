/** No chat completion is longer; what goes on for ever is none. */
const longestBodyChars = 32 * 1024 * 1024;

/** How long a server may take to end a body that has said its last word; then the connection is closed. */
const graceMs = 1000;

/** How reading ended: by the sender, by our limit, or by the network. */
export type BodyEnd =
  | { readonly kind: 'complete' | 'too-long' }
  | { readonly kind: 'broken'; readonly error: unknown };

type Piece = { readonly bytes: Uint8Array } | { readonly end: BodyEnd };

/**
 * Reads a body piece by piece, decoded, and gives what arrived even when the connection breaks: it may have been paid for.
 * `onText` answers `true` when it needs no more; the rest is still read for a moment, so that the connection can be used
 * again. Throws nothing but what `onText` throws.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  onText: (text: string) => boolean = () => false,
): Promise<{ readonly text: string; readonly end: BodyEnd }> {
  if (body === null) return { text: '', end: { kind: 'complete' } };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const cancel = (): void => {
    // Closes the connection when something is left in it. When it is broken already, so much the better.
    reader.cancel().catch(() => undefined);
  };
  let grace: NodeJS.Timeout | undefined;
  let text = '';
  try {
    for (;;) {
      const piece = await readPiece(reader);
      const decoded = 'bytes' in piece ? decoder.decode(piece.bytes, { stream: true }) : decoder.decode();
      text += decoded;
      if (onText(decoded)) grace ??= setTimeout(cancel, graceMs);
      if ('end' in piece) return { text, end: piece.end };
      if (text.length > longestBodyChars) return { text, end: { kind: 'too-long' } };
    }
  } finally {
    clearTimeout(grace);
    cancel();
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
