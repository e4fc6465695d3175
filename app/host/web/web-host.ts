import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { mostMessageCharacters, type Port } from '../../contract/port.ts';
import { AppError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { PageFolders } from '../page-file.ts';
import { answer } from './answer.ts';
import { newKey, readBookmark, writeBookmark } from './bookmark.ts';
import { hostHeaders, isLoopback, shownHost } from './host-names.ts';
import { listenNear } from './listen.ts';
import { guardRequest, type GuardRules } from './request-guard.ts';
import { portOverWebSocket } from './web-socket-port.ts';

export type WebHostOptions = {
  readonly folders: PageFolders;
  /** Where the key and the port are kept. */
  readonly bookmarkFolder: string;
  /** Serves one page's port. */
  readonly connect: (port: Port) => void;
  readonly log: Log;
  /** Where to listen. @default 127.0.0.1: nobody but this machine */
  readonly host?: string | undefined;
  /** @default that of the last time, else any */
  readonly port?: number | undefined;
  /** Names, perhaps with ports, under which other machines reach us. Needed when `host` is more than this machine. */
  readonly allowedHosts?: readonly string[] | undefined;
};

export type WebHost = {
  /** With the key in it: to be opened, kept as a bookmark, and shown to nobody else. */
  readonly url: string;
  readonly port: number;
  /** The port that was wanted and that another program has. */
  readonly takenPort: number | undefined;
  readonly close: () => Promise<void>;
};

/** A character takes three bytes at most; those of four count as two. */
const mostMessageBytes = 3 * mostMessageCharacters;

/**
 * The app in a browser: files by GET, calls and events by WebSocket, behind a guard. Only this machine can reach it unless
 * more is asked for, and then only under names that were given.
 *
 * @throws {AppError} `invalid-input` when it would be open to other machines under no name.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { folders, log, connect, bookmarkFolder, host = '127.0.0.1', allowedHosts = [] } = options;
  if (!isLoopback(host) && allowedHosts.length === 0) {
    throw new AppError('invalid-input', {
      reason: `--host ${host} opens the library to other machines. Say under which name they reach this one: --allow-host NAME.`,
    });
  }
  const kept = await readBookmark(bookmarkFolder);
  const key = kept?.key ?? newKey();
  let rules: GuardRules = { key, hosts: new Set() };

  const server = createServer((request, response) => {
    void answer(request, response, { rules, folders, log });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {
      socket.destroy();
    });
    const verdict = guardRequest(request, rules, { isSocket: true });
    if (verdict.kind === 'refused' || verdict.address !== '/engine') {
      log.warn('a WebSocket was refused', {
        reason: verdict.kind === 'refused' ? verdict.reason : 'address',
      });
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      connect(portOverWebSocket(webSocket));
    });
  });

  const wanted = options.port ?? kept?.port ?? 0;
  const port = await listenNear(server, host, wanted);
  rules = { key, hosts: hostHeaders(host, port, allowedHosts) };
  const takenPort = wanted !== 0 && port !== wanted ? wanted : undefined;
  // A bookmark for a port that is taken today may work again tomorrow.
  await writeBookmark(bookmarkFolder, {
    key,
    port: takenPort !== undefined && kept !== undefined ? kept.port : port,
  });
  return {
    url: `http://${shownHost(host, port, allowedHosts)}/${key}/`,
    port,
    takenPort,
    close: async () => {
      for (const webSocket of sockets.clients) webSocket.terminate();
      sockets.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
