import { z } from 'zod';
import type { ConnectionId } from '../contract/ids.ts';
import type { Connection, SecretPlace } from '../contract/models/connection.ts';
import { createEntraCredential } from '../providers/entra.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import type { CredentialOf } from './connections.ts';

/** A key and what it is for: it goes to no other endpoint, whatever a library from elsewhere calls by the same number. */
const keptKey = z.object({ key: z.string(), endpoint: z.string() });

/** The keys of a library's connections: what the host was given (the environment) has the first say, then what a person set. */
export class Keys {
  readonly #box: SecretBox;
  readonly #libraryFolder: string;
  readonly #given: CredentialOf;
  /** One for all: what a machine is signed in with. */
  #entra: ReturnType<CredentialOf>;

  constructor(options: { box: SecretBox; libraryFolder: string; given: CredentialOf | undefined }) {
    this.#box = options.box;
    this.#libraryFolder = options.libraryFolder;
    this.#given = options.given ?? (() => undefined);
  }

  /** Where one that is set now is kept. */
  get place(): SecretPlace {
    return this.#box.place;
  }

  credentialOf(connection: Connection): ReturnType<CredentialOf> {
    // Chosen by a person; a key that is there as well is for something else.
    if (connection.signIn === 'entra') return (this.#entra ??= createEntraCredential());
    return this.#given(connection) ?? this.#keptFor(connection);
  }

  /** Where the key that is used now comes from; `null` when there is none. */
  placeOf(connection: Connection): SecretPlace | null {
    if (connection.signIn === 'entra') return 'entra';
    if (this.#given(connection) !== undefined) return 'environment';
    return this.#keptFor(connection) === undefined ? null : this.#box.place;
  }

  /** @throws {AppError} when it cannot be kept */
  async set(connection: Connection, key: string): Promise<void> {
    const kept: z.infer<typeof keptKey> = { key, endpoint: connection.endpoint ?? '' };
    await this.#box.set(this.#nameOf(connection.id), JSON.stringify(kept));
  }

  async forget(id: ConnectionId): Promise<void> {
    await this.#box.remove(this.#nameOf(id));
  }

  #keptFor(connection: Connection): ReturnType<CredentialOf> {
    if (connection.kind === 'built-in') return undefined;
    const text = this.#box.get(this.#nameOf(connection.id));
    const kept = text === undefined ? undefined : keptKey.safeParse(JSON.parse(text)).data;
    if (kept === undefined || kept.endpoint !== connection.endpoint) return undefined;
    return { kind: connection.kind === 'openai-compatible' ? 'bearer' : 'api-key', secret: kept.key };
  }

  /** Several libraries share one keyring. */
  #nameOf(id: ConnectionId): string {
    return `${this.#libraryFolder}#connection-${String(id)}`;
  }
}
