import type { MessagePort } from 'node:worker_threads';
import type { Port } from '../contract/port.ts';
import { BufferedPort } from '../contract/buffered-port.ts';

/** A port over Node's MessagePort. */
export function portOver(raw: MessagePort): Port {
  const port = new BufferedPort({
    send: (text) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- because ports of Node have no origin
      raw.postMessage(text);
    },
    close: () => {
      raw.close();
    },
  });
  raw.on('message', (data: unknown) => {
    port.received(data);
  });
  raw.on('close', () => {
    port.ended();
  });
  return port;
}
