import { MessageChannel } from 'node:worker_threads';
import { EngineLink } from '../app/contract/engine-link.ts';
import type { Port } from '../app/contract/port.ts';
import { systemClock } from '../app/platform/clock.ts';
import { portOver } from '../app/host/ports.ts';

/** The main process's own way to the engine: for what a page cannot do, or no page is there to do. */
export function openOwnLink(connect: (port: Port) => void): EngineLink {
  return new EngineLink({
    clock: systemClock,
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      port2.unref();
      connect(portOver(port2));
      return portOver(port1);
    },
  });
}
