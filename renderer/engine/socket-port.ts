import { BufferedPort } from '../../app/contract/buffered-port.ts';
import type { Port } from '../../app/contract/port.ts';

/**
 * The way to the engine of a browser's page: a WebSocket beside the page's own address, whose path holds the key. A socket
 * that cannot be opened closes, and the link tries again (`engine-link.ts`).
 */
export function openSocketPort(): Port {
  const address = new URL('engine', window.location.href.split('#')[0]);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  const unsent: string[] = [];
  const port = new BufferedPort({
    send: (text) => {
      if (socket.readyState === WebSocket.CONNECTING) unsent.push(text);
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      socket.close();
    },
  });
  socket.addEventListener('open', () => {
    for (const text of unsent.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    port.received(data);
  });
  socket.addEventListener('close', () => {
    port.ended();
  });
  return port;
}
