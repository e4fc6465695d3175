import { countOf, listOf, objectOf, textOf, wordOf, type JsonObject } from '../wire.ts';

/** A batch as the service shows it, whatever it leaves out or writes in its own way (AZURE §7). */
export type RemoteBatch = {
  readonly id: string;
  readonly inputFileId: string | undefined;
  /** `open` = it goes on there. */
  readonly state: 'open' | 'completed' | 'failed' | 'expired' | 'cancelled';
  /** The service's own word in small letters: `in_progress`, `finalizing`. */
  readonly word: string;
  readonly outputFileId: string | undefined;
  readonly errorFileId: string | undefined;
  /** Lines that are done, well or not. */
  readonly done: number | undefined;
  readonly createdAtMs: number | undefined;
  readonly expiresAtMs: number | undefined;
  /** Of its validation. */
  readonly errors: readonly BatchError[];
  /** Our name for it. */
  readonly name: string | undefined;
};

export type BatchError = {
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
};

/** Under it our own name stands in a batch's metadata. */
export const nameKey = 'cutline';

const ends: ReadonlyMap<string, RemoteBatch['state']> = new Map([
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['expired', 'expired'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
]);

/** `undefined` when it is none. */
export function readBatch(value: unknown): RemoteBatch | undefined {
  const batch = objectOf(value);
  const id = textOf(batch?.['id']);
  const status = textOf(batch?.['status']);
  if (batch === undefined || id === undefined || status === undefined) return undefined;
  const counts = objectOf(batch['request_counts']);
  const [completed, failed] = [countOf(counts?.['completed']), countOf(counts?.['failed'])];
  const word = toWord(status);
  return {
    id,
    inputFileId: textOf(batch['input_file_id']),
    state: ends.get(word) ?? 'open',
    word,
    outputFileId: textOf(batch['output_file_id']),
    errorFileId: textOf(batch['error_file_id']),
    done: completed === undefined ? undefined : completed + (failed ?? 0), // why 0: some count only what went well
    createdAtMs: timeOf(batch['created_at']),
    expiresAtMs: timeOf(batch['expires_at']),
    errors: readErrors(batch),
    name: textOf(objectOf(batch['metadata'])?.[nameKey]),
  };
}

/** `InProgress`, `In_Progress` and `in_progress` are the same word. */
function toWord(status: string): string {
  return status
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase();
}

function readErrors(batch: JsonObject): BatchError[] {
  const errors = objectOf(batch['errors']);
  return (listOf(errors?.['data']) ?? listOf(batch['errors']) ?? [])
    .map(objectOf)
    .flatMap((error) =>
      error === undefined
        ? []
        : [{ code: wordOf(error['code']), message: textOf(error['message']), line: countOf(error['line']) }],
    );
}

/** Seconds since 1970, or a date in words. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value * 1000);
  const ms = Date.parse(textOf(value) ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
