import { request as forward, type IncomingMessage } from 'node:http';
import { useWebServer } from './web-server.ts';

export type Gate = {
  /** Paths with their queries of what was put, in the order of arrival. */
  readonly puts: readonly string[];
  /** An address of the service behind it, as it is seen through the gate. */
  readonly through: (address: string) => string;
};

/** What to do with a request, by what came before it. `hold` never answers. */
export type GateRule = (request: IncomingMessage, puts: number) => Promise<GateVerdict> | GateVerdict;
type GateVerdict = 'pass' | 'cut' | 'hold';

/** Stands between us and a service, writes down what is put, and may break off. It ends with the test. */
export async function useGate(target: string, rule: GateRule = () => 'pass'): Promise<Gate> {
  const { origin, host } = new URL(target);
  const puts: string[] = [];
  const gate = await useWebServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    if (method === 'PUT') puts.push(url);
    const pass = (): void => {
      const onward = forward(`${origin}${url}`, { method, headers: { ...headers, host } });
      onward.on('response', (response) => {
        outgoing.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(outgoing);
      });
      // Whoever sent it is gone.
      incoming.on('error', () => onward.destroy());
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    };
    const decide = async (): Promise<void> => {
      const verdict = await rule(incoming, puts.length);
      if (verdict === 'pass') pass();
      if (verdict === 'cut') incoming.socket.destroy();
    };
    void decide();
  });
  return { puts, through: (address) => address.replace(origin, gate.origin) };
}
