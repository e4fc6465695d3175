import type { SecretPlace } from '../contract/models/connection.ts';

/** Keeps secrets by name, outside the database, its copies and every log (DESIGN §10). */
export interface SecretBox {
  /** Where what is set now is kept. */
  readonly place: SecretPlace;
  get(name: string): string | undefined;
  /** @throws {AppError} when it cannot be kept */
  set(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** For as long as the process lives. */
export class MemorySecretBox implements SecretBox {
  readonly place = 'memory';
  readonly #secrets: Map<string, string>;

  constructor(secrets: Iterable<readonly [string, string]> = []) {
    this.#secrets = new Map(secrets);
  }

  get(name: string): string | undefined {
    return this.#secrets.get(name);
  }

  set(name: string, secret: string): Promise<void> {
    this.#secrets.set(name, secret);
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.#secrets.delete(name);
    return Promise.resolve();
  }
}
