/** @file Writes an answer to the wire, also slowly, in odd pieces, or only half of it. */

import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { JsonObject } from './checks.ts';
import type { Usage } from './completion.ts';
import type { ErrorAnswer } from './errors.ts';
import type { Charge, JournalEntry } from './journal.ts';

export type Wire = {
  /** Before anything is written. */
  readonly delayMs?: number;
  /** Nothing is written before this settles. */
  readonly until?: Promise<unknown>;
  /** Between two chunks. */
  readonly pauseMs?: number;
  /** How it ends, when not with the whole answer: the connection is cut, or nothing more comes. */
  readonly end?: 'cut-before-headers' | 'cut-halfway' | 'stall-halfway';
  /** Every chunk that holds a character of several bytes is sent in pieces that cut the character in two. */
  readonly splitsCharacters?: boolean;
};

export type Reply = {
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly Uint8Array[];
  /** A stream says no length. */
  readonly isStream: boolean;
  readonly wire: Wire;
  /** If the whole reply leaves; a completion that does not is charged all the same, with nothing said. */
  readonly charge: Charge;
  readonly usage: Usage | undefined;
  readonly errorCode?: string | undefined;
};

const encoder = new TextEncoder();

export function textReply(
  httpStatus: number,
  contentType: string,
  text: string,
  more: Partial<Pick<Reply, 'headers' | 'wire' | 'charge' | 'usage' | 'errorCode'>> = {},
): Reply {
  return {
    httpStatus,
    chunks: text === '' ? [] : [encoder.encode(text)],
    isStream: false,
    wire: {},
    charge: 'free',
    usage: undefined,
    ...more,
    headers: { 'content-type': contentType, ...more.headers },
  };
}

export function jsonReply(
  httpStatus: number,
  body: unknown,
  more: Partial<Pick<Reply, 'headers' | 'wire' | 'charge' | 'usage' | 'errorCode'>> = {},
): Reply {
  return textReply(httpStatus, 'application/json', JSON.stringify(body), more);
}

export function errorReply(
  answer: ErrorAnswer,
  errorCode: string | undefined,
  charge: Charge = 'free',
): Reply {
  const more = { headers: answer.headers ?? {}, charge, errorCode };
  const { body, httpStatus } = answer;
  return typeof body === 'string'
    ? textReply(httpStatus, 'text/html', body, more)
    : jsonReply(httpStatus, body, more);
}

/** Each event is one chunk: `data: {json}`, an empty line. Those of the Responses API have their type before it. */
export function eventChunks(
  events: readonly JsonObject[],
  {
    newline = '\n',
    hasComments = false,
    hasDone = true,
    hasNames = false,
  }: { newline?: string; hasComments?: boolean; hasDone?: boolean; hasNames?: boolean },
): Uint8Array[] {
  const lines = events.map((event) => {
    const name = hasNames ? `event: ${String(event['type'])}${newline}` : '';
    return `${name}data: ${JSON.stringify(event)}`;
  });
  const comment = hasComments ? `: keep-alive${newline}${newline}` : '';
  return [...lines, ...(hasDone ? ['data: [DONE]'] : [])].map((line) =>
    encoder.encode(`${comment}${line}${newline}${newline}`),
  );
}

/** Writes the reply. Resolves once it has left, was cut on purpose, or its reader has gone. Never rejects. */
export async function writeReply(response: ServerResponse, reply: Reply): Promise<JournalEntry['outcome']> {
  const gone = new AbortController();
  const closed = new Promise<void>((resolve) => {
    response.once('close', () => {
      gone.abort();
      resolve();
    });
  });
  const { wire } = reply;
  await Promise.race([closed, wait(wire.delayMs, gone.signal).then(() => wire.until)]);
  if (gone.signal.aborted) return 'reader-gone';
  if (wire.end === 'cut-before-headers') {
    response.destroy();
    return 'cut';
  }
  const lengthBytes = reply.chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  response.writeHead(reply.httpStatus, {
    ...reply.headers,
    ...(!reply.isStream && { 'content-length': String(lengthBytes) }),
  });
  response.flushHeaders();
  for (const chunk of wire.end === undefined ? reply.chunks : firstHalf(reply.chunks)) {
    await writeChunk(response, chunk, wire.splitsCharacters === true);
    await wait(wire.pauseMs, gone.signal);
    if (gone.signal.aborted) return 'reader-gone';
  }
  if (wire.end === 'cut-halfway') {
    response.destroy();
    return 'cut';
  }
  if (wire.end === undefined) response.end();
  await closed;
  return response.writableFinished ? 'answered' : 'reader-gone';
}

async function writeChunk(response: ServerResponse, chunk: Uint8Array, isSplit: boolean): Promise<void> {
  for (const piece of isSplit ? splitInsideCharacters(chunk) : [chunk]) {
    await new Promise<void>((resolve) => void response.write(piece, () => resolve()));
    // Lets the reader, who may live in this process, take this piece before the next one is there.
    if (isSplit) await setImmediate();
  }
}

async function wait(ms: number | undefined, signal: AbortSignal): Promise<void> {
  if (ms === undefined || ms <= 0) return;
  // An aborted wait is over; who waited looks at the signal.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}

function firstHalf(chunks: readonly Uint8Array[]): Uint8Array[] {
  if (chunks.length > 1) return chunks.slice(0, Math.floor(chunks.length / 2));
  return chunks.map((chunk) => chunk.subarray(0, Math.floor(chunk.byteLength / 2)));
}

/** A piece ends before each byte that continues a character. */
function splitInsideCharacters(chunk: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const [index, byte] of chunk.entries()) {
    const continues = byte >= 0x80 && byte < 0xc0;
    if (!continues || index === 0) continue;
    pieces.push(chunk.subarray(start, index));
    start = index;
  }
  pieces.push(chunk.subarray(start));
  return pieces;
}
