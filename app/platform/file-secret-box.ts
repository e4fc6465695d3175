import { chmodSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from './atomic-file.ts';
import { makePrivateFolder } from './private-folder.ts';
import { systemCode } from './errors.ts';
import type { SecretBox } from './secret-box.ts';

const secretsFile = z.record(z.string(), z.string());

/** Where no system keeps secrets: a file that only its owner may read. Whoever is the owner, or root, can. */
export class FileSecretBox implements SecretBox {
  readonly place = 'file';
  readonly #path: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  get(name: string): string | undefined {
    return this.#read()[name];
  }

  set(name: string, secret: string): Promise<void> {
    return this.#change((secrets) => ({ ...secrets, [name]: secret }));
  }

  remove(name: string): Promise<void> {
    return this.#change((secrets) =>
      Object.fromEntries(Object.entries(secrets).filter(([key]) => key !== name)),
    );
  }

  /** One change after the other: none is lost. */
  #change(change: (secrets: Record<string, string>) => Record<string, string>): Promise<void> {
    const write = async (): Promise<void> => {
      makePrivateFolder(dirname(this.#path));
      await writeFileAtomic(this.#path, `${JSON.stringify(change(this.#read()), null, 2)}\n`, {
        mode: 0o600,
      });
    };
    const written = this.#writing.then(write, write);
    this.#writing = written.catch(() => undefined);
    return written;
  }

  #read(): Record<string, string> {
    try {
      const text = readFileSync(this.#path, 'utf8');
      // It may have been copied with other rights.
      chmodSync(this.#path, 0o600);
      return secretsFile.parse(JSON.parse(text));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return {};
      throw error;
    }
  }
}
