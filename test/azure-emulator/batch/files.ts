/** @file Files of the batch service (AZURE §7): uploaded, listed, read, deleted, and gone when their time is over. */

import { isArray } from '../checks.ts';
import { gatewayError, modelError, Refusal } from '../errors.ts';
import type { Form } from '../auth.ts';
import type { ServiceClock } from './clock.ts';

export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly purpose: 'batch' | 'batch_output';
  readonly form: Form;
  readonly content: Buffer;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | undefined;
};

export type FileLimits = {
  readonly mostFileBytes: number;
  /** Of an upload, until it may be used. */
  readonly filePendingMs: number;
};

/** Seconds that `expires_after` may say: Azure's are days, OpenAI's begin at an hour. */
const azureSeconds = 1_209_600;
const leastSeconds: Readonly<Record<Form, number>> = {
  dated: azureSeconds,
  v1: azureSeconds,
  compatible: 3_600,
  // It has no files at all.
  vision: azureSeconds,
};
const mostSeconds = 2_592_000;
/** Without expiry, and with one (AZURE §7). */
const mostForEver = 500;
const mostFiles = 10_000;

export class FileShelf {
  readonly #files = new Map<string, StoredFile>();
  readonly #clock: ServiceClock;
  readonly #limits: FileLimits;
  #made = 0;

  constructor(clock: ServiceClock, limits: FileLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get all(): readonly StoredFile[] {
    const nowMs = this.#clock.now();
    return [...this.#files.values()].filter(
      ({ expiresAtMs }) => expiresAtMs === undefined || expiresAtMs > nowMs,
    );
  }

  /** From a multipart form. Throws `Refusal`. */
  async upload(body: Buffer, contentType: string, form: Form): Promise<StoredFile> {
    const fields = await readForm(body, contentType);
    const known = ['purpose', 'file', 'expires_after[seconds]', 'expires_after[anchor]'];
    for (const name of fields.keys()) {
      if (!known.includes(name)) refuse(`Unknown parameter: '${name}'.`, name, 'unknown_parameter');
    }
    const file = fields.get('file');
    if (!(file instanceof File)) {
      return refuse("Missing required parameter: 'file'.", 'file', 'missing_required_parameter');
    }
    if (fields.get('purpose') !== 'batch') {
      return refuse("Invalid value for 'purpose': only 'batch' is played here.", 'purpose', 'invalid_value');
    }
    if (!file.name.endsWith('.jsonl')) {
      return refuse(
        'Invalid file format for Batch API. Must be .jsonl',
        'file',
        'invalid_file_format_for_batch_api',
      );
    }
    if (file.size > this.#limits.mostFileBytes) {
      throw new Refusal(
        gatewayError(
          413,
          'contentLengthExceeded',
          `The file is larger than ${this.#limits.mostFileBytes} bytes.`,
        ),
      );
    }
    const expiresAfterMs = readExpiry(fields, form);
    const kept = this.all.filter(({ expiresAtMs }) => expiresAtMs === undefined).length;
    if (this.all.length >= mostFiles || (expiresAfterMs === undefined && kept >= mostForEver)) {
      return refuse('Exceeded maximum number of files allowed.', 'file', 'resourceQuotaExceeded');
    }
    const content = Buffer.from(await file.arrayBuffer());
    return this.store({ name: file.name, purpose: 'batch', form, content, expiresAfterMs });
  }

  store(
    file: Pick<StoredFile, 'name' | 'purpose' | 'form' | 'content'> & { expiresAfterMs?: number | undefined },
  ): StoredFile {
    const { expiresAfterMs, ...rest } = file;
    const nowMs = this.#clock.now();
    this.#made += 1;
    const stored: StoredFile = {
      ...rest,
      id: `file-emulator-${this.#made}`,
      createdAtMs: nowMs,
      expiresAtMs: expiresAfterMs === undefined ? undefined : nowMs + expiresAfterMs,
    };
    this.#files.set(stored.id, stored);
    return stored;
  }

  find(id: string): StoredFile | undefined {
    return this.all.find((file) => file.id === id);
  }

  get(id: string): StoredFile {
    const file = this.find(id);
    if (file !== undefined) return file;
    throw new Refusal(
      modelError(`No such File object: ${id}`, { httpStatus: 404, code: 'not_found', param: 'id' }),
    );
  }

  delete(id: string): void {
    this.get(id);
    this.#files.delete(id);
  }

  isReady({ purpose, createdAtMs }: StoredFile): boolean {
    return purpose === 'batch_output' || this.#clock.now() >= createdAtMs + this.#limits.filePendingMs;
  }

  /** As the service shows it. */
  show(file: StoredFile): Record<string, unknown> {
    const isAzure = file.form !== 'compatible';
    const waiting = isAzure ? 'pending' : 'uploaded';
    return {
      id: file.id,
      object: 'file',
      purpose: file.purpose,
      filename: file.name,
      bytes: file.content.byteLength,
      status: this.isReady(file) ? 'processed' : waiting,
      created_at: Math.floor(file.createdAtMs / 1000),
      ...(file.expiresAtMs !== undefined && { expires_at: Math.floor(file.expiresAtMs / 1000) }),
    };
  }
}

async function readForm(body: Buffer, contentType: string): Promise<FormData> {
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- because an emulator on loopback may hold a whole upload in memory
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return refuse('Could not parse multipart form data.', null, 'invalid_multipart_form');
  }
}

/** Milliseconds; both parts or none. */
function readExpiry(fields: FormData, form: Form): number | undefined {
  const given = ['seconds', 'anchor'].map((name) => fields.getAll(`expires_after[${name}]`));
  if (given.every((values) => isArray(values) && values.length === 0)) return undefined;
  const [seconds, anchor] = [fields.get('expires_after[seconds]'), fields.get('expires_after[anchor]')];
  if (anchor !== 'created_at') {
    return refuse("Invalid value for 'expires_after[anchor]'.", 'expires_after.anchor', 'invalid_value');
  }
  const count = Number(seconds);
  if (!Number.isInteger(count) || count < leastSeconds[form] || count > mostSeconds) {
    const message = `Invalid 'expires_after[seconds]': expected ${leastSeconds[form]} to ${mostSeconds}.`;
    return refuse(message, 'expires_after.seconds', 'invalid_value');
  }
  return count * 1000;
}

function refuse(message: string, param: string | null, code: string): never {
  throw new Refusal(modelError(message, { param, code }));
}
