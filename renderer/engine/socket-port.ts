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
  let onMessage: ((text: string) => void) | undefined;
  let early: string[] = [];
  let onClose: (() => void) | undefined;
  let isClosed = false;
  socket.addEventListener('open', () => {
    for (const text of unsent.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data !== 'string') return;
    if (onMessage === undefined) early.push(event.data);
    else onMessage(event.data);
  });
  socket.addEventListener('close', () => {
    isClosed = true;
    onClose?.();
  });
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.CONNECTING) unsent.push(text);
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (listener) => {
      onMessage = listener;
      for (const text of early) listener(text);
      early = [];
    },
    onClose: (listener) => {
      onClose = listener;
      if (isClosed) listener();
    },
    close: () => {
      socket.close();
    },
  };
}
