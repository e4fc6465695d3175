import { app, safeStorage } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import type { SecretPlace } from '../app/contract/models/connection.ts';
import { writeFileAtomic } from '../app/platform/atomic-file.ts';
import { readKept } from './kept-state.ts';

/** Each secret as the system encrypted it, in Base64, by name. */
const keptKeys = z.record(z.string(), z.string());

/**
 * Keys of connections, encrypted by the system (Keychain, DPAPI, Secret Service) in a file of the shell's own. They are
 * opened here and handed to the engine process; no page ever sees one.
 */
export class KeptKeys {
  readonly #path = join(app.getPath('userData'), 'keys.json');
  readonly #encrypted: Record<string, string>;
  readonly #opened = new Map<string, string>();
  readonly #canEncrypt: boolean;

  private constructor(canEncrypt: boolean) {
    this.#canEncrypt = canEncrypt;
    this.#encrypted = readKept(this.#path, keptKeys) ?? {};
  }

  static async open(): Promise<KeptKeys> {
    const canEncrypt = await safeStorage.isAsyncEncryptionAvailable();
    const keys = new KeptKeys(canEncrypt);
    if (canEncrypt) await keys.#openAll();
    return keys;
  }

  /** `basic_text`: encrypted with a password that is in Electron's source. The person is told. */
  get place(): SecretPlace {
    if (!this.#canEncrypt) return 'memory';
    const isWeak = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
    return isWeak ? 'system-weak' : 'system';
  }

  get all(): readonly (readonly [string, string])[] {
    return [...this.#opened];
  }

  /** @param secret `null` forgets it */
  async keep(name: string, secret: string | null): Promise<void> {
    if (secret === null) {
      this.#opened.delete(name);
      delete this.#encrypted[name];
    } else {
      this.#opened.set(name, secret);
      if (!this.#canEncrypt) return;
      const bytes = await safeStorage.encryptStringAsync(secret);
      this.#encrypted[name] = bytes.toString('base64');
    }
    await this.#write();
  }

  async #openAll(): Promise<void> {
    let isOld = false;
    for (const [name, text] of Object.entries(this.#encrypted)) {
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'));
        this.#opened.set(name, result);
        if (!shouldReEncrypt) continue;
        this.#encrypted[name] = (await safeStorage.encryptStringAsync(result)).toString('base64');
        isOld = true;
      } catch {
        // Encrypted on another machine or for another person: it has to be given again. It is kept until then.
      }
    }
    if (isOld) await this.#write();
  }

  async #write(): Promise<void> {
    await writeFileAtomic(this.#path, `${JSON.stringify(this.#encrypted, null, 2)}\n`, { mode: 0o600 });
  }
}
