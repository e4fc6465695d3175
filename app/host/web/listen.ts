import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemCode } from '../../platform/errors.ts';

/** Ports that are tried after one that is taken, before any free one will do. */
const nextPorts = 20;

/**
 * Listens on a port, or on the next free one.
 *
 * @param port 0: any
 * @returns the port that it listens on
 */
export async function listenNear(server: Server, host: string, port: number): Promise<number> {
  const last = Math.min(port + nextPorts, 65_535);
  const ports =
    port === 0 ? [0] : [...Array.from({ length: last - port + 1 }, (_, index) => port + index), 0];
  for (const candidate of ports) {
    if (await listen(server, host, candidate)) return (server.address() as AddressInfo).port; // why: it listens on a port
  }
  throw new Error('no free port');
}

/** `false` when somebody else has the port. */
function listen(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off('listening', onListening);
      const code = systemCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(false);
      else reject(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen({ port, host, exclusive: true });
  });
}
