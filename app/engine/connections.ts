import { availableParallelism } from 'node:os';
import type { ConnectionId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Clock } from '../platform/clock.ts';
import { createProvider } from '../providers/connections.ts';
import type { ProviderOptions, VisionProvider, VisionResource } from '../providers/provider.ts';
import { lookAtConnection, type ConnectionLook } from '../providers/servers/look-at-connection.ts';
import { RequestGate } from '../queue/request-gate.ts';
import { getConnection, type ReadDb } from '../settings/connection-store.ts';

/** The secret of a connection, from wherever the host keeps it; `undefined` when it has none. */
export type CredentialOf = (connection: Connection) => ProviderOptions['credential'];

export { batchLaneOf, connectionOfLane, laneOf } from '../jobs/connection-lane.ts';
export { takesAddresses } from '../providers/web/takes-addresses.ts';

/** Pictures rendered ahead of a free place, so that a place is never free for want of a picture. */
const renderedAhead = availableParallelism();

/** One provider and one gate for each connection that is in use. */
export class ConnectionPool {
  readonly #read: ReadDb;
  readonly #clock: Clock;
  readonly #credentialOf: CredentialOf;
  readonly #timeoutMs: number | undefined;
  readonly #providers = new Map<
    ConnectionId,
    { readonly settings: string; readonly provider: VisionProvider }
  >();
  /** Those that were replaced too: they may still have a request in flight. */
  readonly #everMade = new Set<VisionProvider>();
  readonly #closing = new AbortController();
  readonly #gates = new Map<ConnectionId, RequestGate>();
  /** What is being found out about a connection, for all who want to know it. */
  readonly #shared = new Map<ConnectionId, Promise<unknown>>();

  constructor(options: {
    read: ReadDb;
    clock: Clock;
    credentialOf: CredentialOf;
    timeoutMs?: number | undefined;
  }) {
    this.#read = options.read;
    this.#clock = options.clock;
    this.#credentialOf = options.credentialOf;
    this.#timeoutMs = options.timeoutMs;
  }

  /** From wherever the host keeps it. Never logged, never stored. */
  credentialOf(connection: Connection): ProviderOptions['credential'] {
    return this.#credentialOf(connection);
  }

  /** A key is another one from now on. More than one provider may have it. */
  forgetKeys(): void {
    this.#providers.clear();
  }

  /** Made anew when the connection's settings or what it taught us changed. */
  providerOf(connection: Connection): VisionProvider {
    const { state: _state, error: _error, ...settings } = connection;
    const key = JSON.stringify(settings);
    const known = this.#providers.get(connection.id);
    if (known?.settings === key) return known.provider;
    const provider = createProvider({
      connection,
      credential: this.#credentialOf(connection),
      vision: this.#visionOf(connection),
      ...(this.#timeoutMs === undefined ? {} : { timeoutMs: this.#timeoutMs }),
    });
    this.#everMade.add(provider);
    this.#providers.set(connection.id, { settings: key, provider });
    return provider;
  }

  /** By a key alone: another service is told of it. */
  #visionOf({ enhancements }: Connection): VisionResource | undefined {
    if (enhancements === undefined) return undefined;
    const vision = getConnection(this.#read, enhancements.visionConnectionId);
    const credential = this.#credentialOf(vision);
    if (credential?.kind !== 'api-key' || vision.endpoint === null) return undefined;
    return { endpoint: vision.endpoint, key: credential.secret };
  }

  /** Asks the connection's server about itself. */
  lookAt(connection: Connection): Promise<ConnectionLook> {
    const { signal } = this.#closing;
    return lookAtConnection(connection, { credential: this.#credentialOf(connection), signal });
  }

  /**
   * Does once what many photos want of a connection at the same time. No caller's signal ends it, for others wait for the
   * same; the one that the work gets aborts when the engine closes. Always the same work for a connection.
   */
  async share<Result>(id: ConnectionId, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const known = this.#shared.get(id);
    if (known !== undefined) return (await known) as Result; // why: there is one kind of work for a connection
    const shared = work(this.#closing.signal);
    this.#shared.set(id, shared);
    try {
      return await shared;
    } finally {
      this.#shared.delete(id);
    }
  }

  gateOf(connection: Connection): RequestGate {
    const known = this.#gates.get(connection.id);
    const { concurrency, requestsPerMinute, tokensPerMinute } = connection;
    const rates = {
      ...(requestsPerMinute !== null && { requestsPerMinute }),
      ...(tokensPerMinute !== null && { tokensPerMinute }),
    };
    if (known !== undefined) {
      known.setConcurrency(concurrency);
      known.setRates(rates);
      return known;
    }
    const { modelAnswered, vision } = connection.learned;
    const startsAlone = modelAnswered === undefined && vision !== 'yes';
    const gate = new RequestGate(this.#clock, { concurrency, startsAlone, ...rates });
    this.#gates.set(connection.id, gate);
    return gate;
  }

  /** How many jobs of a connection's lane may run: those with a request in flight, and those that prepare a picture. */
  widthOf(id: ConnectionId): number {
    const connection = getConnection(this.#read, id);
    return connection.kind === 'built-in' ? renderedAhead : connection.concurrency + renderedAhead;
  }

  close(): void {
    this.#closing.abort();
    for (const provider of this.#everMade) provider.close();
    this.#providers.clear();
  }
}
