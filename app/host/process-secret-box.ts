import type { SecretPlace } from '../contract/models/connection.ts';
import { AppError } from '../platform/errors.ts';
import { MemorySecretBox, type SecretBox } from '../platform/secret-box.ts';

export type KeepSecret = {
  readonly request: number;
  readonly name: string;
  /** `null` forgets it. */
  readonly secret: string | null;
};

/** The engine process's secrets: known to it while it lives, kept by the process that started it. */
export class ProcessSecretBox implements SecretBox {
  readonly place: SecretPlace;
  readonly #known: MemorySecretBox;
  readonly #send: (wish: KeepSecret) => void;
  readonly #waiting = new Map<number, (reason: string | null) => void>();
  #lastRequest = 0;

  constructor(options: {
    place: SecretPlace;
    secrets: readonly (readonly [string, string])[];
    send: (wish: KeepSecret) => void;
  }) {
    this.place = options.place;
    this.#known = new MemorySecretBox(options.secrets);
    this.#send = options.send;
  }

  get(name: string): string | undefined {
    return this.#known.get(name);
  }

  async set(name: string, secret: string): Promise<void> {
    await this.#keep(name, secret);
    await this.#known.set(name, secret);
  }

  async remove(name: string): Promise<void> {
    await this.#keep(name, null);
    await this.#known.remove(name);
  }

  /** What became of a wish. @param reason why it failed */
  kept(request: number, reason: string | null): void {
    this.#waiting.get(request)?.(reason);
    this.#waiting.delete(request);
  }

  async #keep(name: string, secret: string | null): Promise<void> {
    const request = ++this.#lastRequest;
    const reason = await new Promise<string | null>((resolve) => {
      this.#waiting.set(request, resolve);
      this.#send({ request, name, secret });
    });
    if (reason !== null) throw new AppError('conflict', { reason: `The key could not be kept. ${reason}` });
  }
}
