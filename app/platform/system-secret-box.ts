import { createRequire } from 'node:module';
import type { Entry } from '@napi-rs/keyring';
import { FileSecretBox } from './file-secret-box.ts';
import { secretsPath } from './folders.ts';
import type { SecretBox } from './secret-box.ts';

const service = 'Cutline';

type EntryClass = typeof Entry;

/** The system's keyring: Keychain, Credential Manager, Secret Service. */
class KeyringSecretBox implements SecretBox {
  readonly place = 'keyring';
  readonly #entry: EntryClass;

  constructor(entry: EntryClass) {
    this.#entry = entry;
  }

  get(name: string): string | undefined {
    return new this.#entry(service, name).getPassword() ?? undefined;
  }

  set(name: string, secret: string): Promise<void> {
    new this.#entry(service, name).setPassword(secret);
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    new this.#entry(service, name).deletePassword();
    return Promise.resolve();
  }
}

/**
 * Where a terminal or a browser host keeps keys: in the system's keyring where it can be used, else in a file. Neither is
 * touched before the first key is asked for: most commands need none.
 */
export class SystemSecretBox implements SecretBox {
  #box: SecretBox | undefined;

  get place(): SecretBox['place'] {
    return this.#opened.place;
  }

  get(name: string): string | undefined {
    return this.#opened.get(name);
  }

  set(name: string, secret: string): Promise<void> {
    return this.#opened.set(name, secret);
  }

  remove(name: string): Promise<void> {
    return this.#opened.remove(name);
  }

  get #opened(): SecretBox {
    this.#box ??= openKeyring() ?? new FileSecretBox(secretsPath());
    return this.#box;
  }
}

/** `undefined` where there is none, it is locked, or nobody is there to unlock it. `CUTLINE_KEYRING=off` goes without. */
function openKeyring(): SecretBox | undefined {
  if (process.env['CUTLINE_KEYRING'] === 'off') return undefined;
  try {
    // The binary may be missing for this platform.
    const { Entry: entry } = createRequire(import.meta.url)('@napi-rs/keyring') as { Entry: EntryClass }; // why: its own types
    const trial = new entry(service, 'trial');
    trial.setPassword('trial');
    const works = trial.getPassword() === 'trial';
    trial.deletePassword();
    return works ? new KeyringSecretBox(entry) : undefined;
  } catch {
    return undefined;
  }
}
