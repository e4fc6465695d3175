import type { WebSocket } from 'ws';
import type { Port } from '../../contract/port.ts';
import { BufferedPort } from '../../contract/buffered-port.ts';

/** A page that does not read what it is told is cut off before it fills our memory; it connects again and asks anew. */
const mostUnreadBytes = 64 * 1024 * 1024;

/** How often a page is asked whether it is still there: one that fell asleep or lost its network never says good-bye. */
const pingMs = 30_000;

/** A port over a WebSocket, the host's end. */
export function portOverWebSocket(webSocket: WebSocket): Port {
  const port = new BufferedPort({
    send: (text) => {
      if (webSocket.bufferedAmount > mostUnreadBytes) webSocket.terminate();
      else webSocket.send(text);
    },
    close: () => {
      webSocket.close();
    },
  });
  let isThere = true;
  const pinging = setInterval(() => {
    if (!isThere) webSocket.terminate();
    isThere = false;
    webSocket.ping();
  }, pingMs);
  webSocket.on('pong', () => {
    isThere = true;
  });
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) port.received(data.toString('utf8'));
  });
  webSocket.on('close', () => {
    clearInterval(pinging);
    port.ended();
  });
  webSocket.on('error', () => {
    webSocket.terminate();
  });
  return port;
}
