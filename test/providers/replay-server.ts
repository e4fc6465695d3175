import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { listening } from './listening.ts';

/** A request as the server got it. */
export type SeenRequest = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type ReplayServer = {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  stop(): Promise<void>;
};

/** A server that answers every request as `answer` says, for answers that our emulator would never give. */
export async function startReplayServer(
  answer: (response: ServerResponse, request: SeenRequest) => void,
): Promise<ReplayServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(pieces).toString() };
      requests.push(request);
      answer(response, request);
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** A recorded-shape answer of test/fixtures/providers. */
export function readFixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures/providers', name), 'utf8');
}
