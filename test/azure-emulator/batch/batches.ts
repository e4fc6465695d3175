/** @file Batches (AZURE §7): created from a file, checked, worked through line by line in the service's time. */

import {
  checkKeys,
  checkObject,
  checkOneOf,
  checkString,
  isObject,
  refuseValue,
  type JsonObject,
} from '../checks.ts';
import { modelError, Refusal } from '../errors.ts';
import type { Form } from '../auth.ts';
import type { Deployment } from '../personas.ts';
import type { ServiceClock } from './clock.ts';
import type { FileShelf } from './files.ts';
import { checkInput, type BatchLine, type LineError } from './validate.ts';

export type BatchStatus =
  | 'validating'
  | 'failed'
  | 'in_progress'
  | 'finalizing'
  | 'completed'
  | 'expired'
  | 'cancelling'
  | 'cancelled';

/** How the next batch goes, when not well. */
export type BatchFate = {
  /** It comes so far and no further: at 24 hours it expires with that many lines. */
  readonly stopsAfter?: number;
  /** It fails its validation with these. */
  readonly failsWith?: readonly (Pick<LineError, 'code'> & Partial<LineError>)[];
};

export type BatchTimes = {
  readonly validatingMs: number;
  readonly lineMs: number;
  readonly finalizingMs: number;
  readonly cancellingMs: number;
};

export type LineAnswer = { readonly httpStatus: number; readonly body: unknown; readonly requestId: string };

export type BatchRules = {
  readonly mostLines: number;
  readonly times: BatchTimes;
  /** Capital letters, ISO dates, no counts: seen live. */
  readonly isOdd: boolean;
  /** Tokens that a deployment's open batches may hold together. */
  readonly enqueuedTokens: number;
  /** One that answers batches. */
  readonly findDeployment: (name: string, form: Form) => Deployment | undefined;
  readonly countTokens: (line: BatchLine, form: Form) => Promise<number>;
  readonly answer: (line: BatchLine, form: Form, endpoint: string) => Promise<LineAnswer>;
};

type Moment = 'in_progress' | 'finalizing' | 'completed' | 'failed' | 'expired' | 'cancelling' | 'cancelled';

export type Batch = {
  readonly id: string;
  readonly form: Form;
  readonly endpoint: string;
  readonly inputFileId: string;
  readonly createdAtMs: number;
  readonly metadata: JsonObject | null;
  readonly outputExpiresAfterMs: number | undefined;
  readonly fate: BatchFate;
  status: BatchStatus;
  readonly at: Partial<Record<Moment, number>>;
  lines: readonly BatchLine[];
  deployment: string | undefined;
  tokens: number;
  errors: readonly LineError[];
  completed: number;
  failed: number;
  outputFileId: string | undefined;
  errorFileId: string | undefined;
};

const dayMs = 24 * 60 * 60 * 1000;
const ends: ReadonlySet<BatchStatus> = new Set(['failed', 'completed', 'expired', 'cancelled']);

export class BatchDesk {
  readonly all: Batch[] = [];
  readonly #fates: BatchFate[] = [];
  readonly #clock: ServiceClock;
  readonly #files: FileShelf;
  readonly #rules: BatchRules;
  /** One after the other, so that nobody sees half of a step. */
  #turn: Promise<void> = Promise.resolve();

  constructor(clock: ServiceClock, files: FileShelf, rules: BatchRules) {
    this.#clock = clock;
    this.#files = files;
    this.#rules = rules;
  }

  nextFate(fate: BatchFate): void {
    this.#fates.push(fate);
  }

  /** Throws `Refusal`. */
  create(value: unknown, form: Form): Batch {
    const body = checkObject(value, 'body');
    checkKeys(body, '', [
      'input_file_id',
      'endpoint',
      'completion_window',
      'metadata',
      'output_expires_after',
    ]);
    const inputFileId = checkString(body['input_file_id'], 'input_file_id');
    const endpoints = [
      '/v1/chat/completions',
      '/v1/responses',
      ...(form === 'dated' ? ['/chat/completions'] : []),
    ];
    const endpoint = checkOneOf(body['endpoint'], 'endpoint', endpoints);
    checkOneOf(body['completion_window'], 'completion_window', ['24h']);
    const metadata = readMetadata(body['metadata']);
    const outputExpiresAfterMs = readOutputExpiry(body['output_expires_after'], form);
    const file = this.#files.get(inputFileId);
    if (file.purpose !== 'batch') refuseValue('input_file_id', 'Its purpose is not batch.');
    if (!this.#files.isReady(file)) refuseValue('input_file_id', 'The file is not processed yet.');
    const batch: Batch = {
      id: `batch_emulator_${this.all.length + 1}`,
      form,
      endpoint,
      inputFileId,
      createdAtMs: this.#clock.now(),
      metadata,
      outputExpiresAfterMs,
      fate: this.#fates.shift() ?? {},
      status: 'validating',
      at: {},
      lines: [],
      deployment: undefined,
      tokens: 0,
      errors: [],
      completed: 0,
      failed: 0,
      outputFileId: undefined,
      errorFileId: undefined,
    };
    this.all.push(batch);
    return batch;
  }

  get(id: string): Batch {
    const batch = this.all.find((one) => one.id === id);
    if (batch !== undefined) return batch;
    throw new Refusal(
      modelError(`No batch found with id '${id}'.`, {
        httpStatus: 404,
        code: 'not_found',
        param: 'batch_id',
      }),
    );
  }

  /** Newest first, as the service lists them. */
  page(after: string | null, limit: number): { data: Batch[]; hasMore: boolean } {
    const newest = this.all.toReversed();
    const start = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
    return { data: newest.slice(start, start + limit), hasMore: newest.length > start + limit };
  }

  cancel(id: string): Batch {
    const batch = this.get(id);
    if (ends.has(batch.status)) {
      throw new Refusal(
        modelError(`Cannot cancel a batch with status '${batch.status}'.`, {
          httpStatus: 409,
          code: 'conflict',
        }),
      );
    }
    if (batch.status !== 'cancelling') {
      batch.completed = this.#doneBy(batch, this.#clock.now());
      batch.status = 'cancelling';
      batch.at.cancelling = this.#clock.now();
    }
    return batch;
  }

  /** Brings all batches to where they are by now. */
  catchUp(): Promise<void> {
    const next = this.#moveAll(this.#turn);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #moveAll(before: Promise<void>): Promise<void> {
    await before;
    for (const batch of this.all) await this.#move(batch);
  }

  async #move(batch: Batch): Promise<void> {
    const nowMs = this.#clock.now();
    const { times } = this.#rules;
    if (batch.status === 'validating' && nowMs >= batch.createdAtMs + times.validatingMs) {
      await this.#validate(batch, batch.createdAtMs + times.validatingMs);
    }
    if (batch.status === 'in_progress') {
      batch.completed = this.#doneBy(batch, nowMs);
      const startedMs = batch.at.in_progress ?? nowMs; // why: set with the status
      if (batch.completed === batch.lines.length) {
        batch.status = 'finalizing';
        batch.at.finalizing = startedMs + batch.lines.length * times.lineMs;
      } else if (nowMs >= batch.createdAtMs + dayMs && batch.form === 'compatible') {
        await this.#end(batch, 'expired', batch.createdAtMs + dayMs);
      } else if (nowMs >= batch.createdAtMs + dayMs && batch.fate.stopsAfter !== undefined) {
        await this.#end(batch, 'expired', batch.createdAtMs + dayMs);
      }
    }
    if (batch.status === 'finalizing' && nowMs >= (batch.at.finalizing ?? nowMs) + times.finalizingMs) {
      await this.#end(batch, 'completed', (batch.at.finalizing ?? nowMs) + times.finalizingMs);
    }
    if (batch.status === 'cancelling' && nowMs >= (batch.at.cancelling ?? nowMs) + times.cancellingMs) {
      await this.#end(batch, 'cancelled', (batch.at.cancelling ?? nowMs) + times.cancellingMs);
    }
  }

  /** Lines that are done at a time. */
  #doneBy(batch: Batch, nowMs: number): number {
    const startedMs = batch.at.in_progress;
    if (startedMs === undefined) return 0;
    const { lineMs } = this.#rules.times;
    const byTime = lineMs === 0 ? batch.lines.length : Math.floor((nowMs - startedMs) / lineMs);
    return Math.min(byTime, batch.lines.length, batch.fate.stopsAfter ?? batch.lines.length);
  }

  async #validate(batch: Batch, atMs: number): Promise<void> {
    const { mostLines, findDeployment, enqueuedTokens, countTokens } = this.#rules;
    const file = this.#files.find(batch.inputFileId);
    const checked =
      file === undefined
        ? {
            errors: [
              { code: 'input_no_permissions', message: 'The input file is gone.', param: null, line: null },
            ],
          }
        : checkInput(file.content, {
            endpoint: batch.endpoint,
            mostLines,
            findDeployment: (name) => findDeployment(name, batch.form),
          });
    const failsWith = batch.fate.failsWith?.map((given) => ({
      message: given.code,
      param: null,
      line: null,
      ...given,
    }));
    let errors: readonly LineError[] = failsWith ?? checked.errors;
    if ('lines' in checked && errors.length === 0) {
      batch.lines = checked.lines;
      batch.deployment = checked.deployment.name;
      if (Number.isFinite(enqueuedTokens)) {
        for (const line of batch.lines) batch.tokens += await countTokens(line, batch.form);
        const open = this.all.filter(
          (one) => one !== batch && one.deployment === batch.deployment && !ends.has(one.status),
        );
        const held = open.reduce((sum, { tokens }) => sum + tokens, 0);
        if (held + batch.tokens > enqueuedTokens) {
          const message = `Enqueued token limit reached for ${batch.deployment}. Limit: ${enqueuedTokens} enqueued tokens. Please try again once some in_progress batches have been completed.`;
          errors = [{ code: 'token_limit_exceeded', message, param: null, line: null }];
        }
      }
    }
    if (errors.length === 0) {
      batch.status = 'in_progress';
      batch.at.in_progress = atMs;
      return;
    }
    batch.errors = errors;
    batch.lines = [];
    batch.status = 'failed';
    batch.at.failed = atMs;
  }

  /** Writes what was done, in an order of its own, and what failed. */
  async #end(batch: Batch, status: 'completed' | 'expired' | 'cancelled', atMs: number): Promise<void> {
    const output: unknown[] = [];
    const failures: unknown[] = [];
    for (const [index, line] of batch.lines.entries()) {
      const id = `batch_req_${batch.id}_${index + 1}`;
      if (index >= batch.completed) {
        if (status !== 'expired' || batch.form !== 'compatible') continue;
        const error = {
          code: 'batch_expired',
          message: 'This request could not be executed before the completion window expired.',
        };
        failures.push({ id, custom_id: line.customId, response: null, error });
        continue;
      }
      const { httpStatus, body, requestId } = await this.#rules.answer(line, batch.form, batch.endpoint);
      const answered = {
        id,
        custom_id: line.customId,
        response: { status_code: httpStatus, request_id: requestId, body },
        error: null,
      };
      (httpStatus === 200 ? output : failures).push(answered);
    }
    batch.completed = output.length;
    batch.failed = failures.length;
    const isAzure = batch.form !== 'compatible';
    const store = (name: string, lines: readonly unknown[]): string =>
      this.#files.store({
        name: `${batch.id}_${name}.jsonl`,
        purpose: 'batch_output',
        form: batch.form,
        expiresAfterMs: batch.outputExpiresAfterMs,
        content: Buffer.from(
          shuffle(lines)
            .map((line) => `${JSON.stringify(line)}\n`)
            .join(''),
        ),
      }).id;
    if (output.length > 0 || isAzure) batch.outputFileId = store('output', output);
    // Azure writes it on success too, with nothing in it.
    if (failures.length > 0 || isAzure) batch.errorFileId = store('error', failures);
    batch.status = status;
    batch.at[status] = atMs;
  }

  /** As the service shows it. */
  show(batch: Batch): JsonObject {
    const { isOdd } = this.#rules;
    const time = (ms: number | undefined): number | string | null => {
      if (ms === undefined) return null;
      return isOdd ? new Date(ms).toISOString() : Math.floor(ms / 1000);
    };
    const counts = { total: batch.lines.length, completed: batch.completed, failed: batch.failed };
    const capital = batch.status
      .split('_')
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join('');
    return {
      id: batch.id,
      object: 'batch',
      endpoint: batch.endpoint,
      input_file_id: batch.inputFileId,
      completion_window: '24h',
      status: isOdd ? capital : batch.status,
      ...nullable('output_file_id', batch.outputFileId, batch.form),
      ...nullable('error_file_id', batch.errorFileId, batch.form),
      created_at: time(batch.createdAtMs),
      expires_at: time(batch.createdAtMs + dayMs),
      ...Object.fromEntries(
        (
          ['in_progress', 'finalizing', 'completed', 'failed', 'expired', 'cancelling', 'cancelled'] as const
        ).flatMap((name) =>
          batch.at[name] === undefined && batch.form === 'compatible'
            ? []
            : [[`${name}_at`, time(batch.at[name])]],
        ),
      ),
      request_counts: isOdd ? null : counts,
      ...(batch.errors.length > 0 || batch.form !== 'compatible'
        ? { errors: { object: 'list', data: batch.errors } }
        : {}),
      metadata: batch.metadata,
    };
  }
}

/** OpenAI leaves out what is not there, Azure says null. */
function nullable(name: string, value: string | undefined, form: Form): JsonObject {
  if (value !== undefined) return { [name]: value };
  return form === 'compatible' ? {} : { [name]: null };
}

/** Another order than it came in, and always the same one. */
function shuffle(lines: readonly unknown[]): readonly unknown[] {
  const odd = lines.filter((_, index) => index % 2 === 1);
  const even = lines.filter((_, index) => index % 2 === 0);
  return [...odd.toReversed(), ...even];
}

function readMetadata(value: unknown): JsonObject | null {
  if (value === undefined || value === null) return null;
  const metadata = checkObject(value, 'metadata');
  const entries = Object.entries(metadata);
  const isGood = entries.every(
    ([key, text]) => key.length <= 64 && typeof text === 'string' && text.length <= 512,
  );
  if (entries.length > 16 || !isGood) refuseValue('metadata', "Invalid 'metadata'.");
  return metadata;
}

/** Milliseconds. */
function readOutputExpiry(value: unknown, form: Form): number | undefined {
  if (value === undefined) return undefined;
  const least = form === 'compatible' ? 3_600 : 1_209_600;
  const { seconds, anchor } = isObject(value) ? value : {};
  const isGood = Number.isInteger(seconds) && Number(seconds) >= least && Number(seconds) <= 2_592_000;
  if (anchor !== 'created_at' || !isGood) {
    refuseValue('output_expires_after', "Invalid 'output_expires_after'.");
  }
  return Number(seconds) * 1000;
}
