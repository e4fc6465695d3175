import type { ServerKind } from '../../contract/models/connection.ts';
import { lookAtServer } from './look-at-server.ts';
import type { ServedModel } from './served-model.ts';

/** A server of models that was found on this machine. */
export type FoundServer = {
  readonly server: ServerKind;
  readonly endpoint: string;
  readonly needsKey: boolean;
  readonly models: readonly ServedModel[];
};

/** Where they listen unless told otherwise (AZURE §8): Ollama, LM Studio, llama.cpp (two), vLLM. */
const usualPorts = [11_434, 1_234, 8_080, 9_931, 8_000];

/** A server on this machine that takes longer to list its models is busy; the person can name it. */
const timeoutMs = 2_000;

/**
 * Looks for servers of models on this machine, all ports at once. Asks at loopback only, and sends neither a key nor a
 * picture. What answers but is no server of models is passed over.
 */
export async function discoverServers(options: {
  readonly ports?: readonly number[] | undefined;
  readonly signal: AbortSignal;
}): Promise<FoundServer[]> {
  const ports = [...new Set(options.ports ?? usualPorts)];
  const looks = await Promise.all(ports.map((port) => lookAtPort(port, options.signal)));
  return looks.filter((found) => found !== undefined);
}

async function lookAtPort(port: number, signal: AbortSignal): Promise<FoundServer | undefined> {
  const endpoint = `http://127.0.0.1:${String(port)}/v1`;
  const look = await lookAtServer(endpoint, { signal, timeoutMs, isLocal: true });
  switch (look.status) {
    case 'seen':
      return { server: look.server, endpoint, needsKey: false, models: look.models };
    case 'locked':
      // Anything may stand behind a lock at such a port; this one says it in the words of a server of models.
      return look.isLikely ? { server: 'other', endpoint, needsKey: true, models: [] } : undefined;
    case 'strange':
    case 'unreachable':
      return undefined;
  }
}
