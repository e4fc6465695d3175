/**
 * @file An engine in a process of its own, for tests that kill it: opens a library, describes a folder, says what it is
 * doing, one word to a line. Its one argument is a `DescribingEngine` as JSON.
 */

import BetterSqlite from 'better-sqlite3';
import type { RunOptions } from '../../app/contract/models/run.ts';
import { batchSettings, describeInBatches } from './batches.ts';
import { azureSettings, credentialFor, EveryLaneEngine, TestEngine } from './engine.ts';

export type DescribingEngine = {
  readonly library: string;
  readonly photos: string;
  readonly emulator: { readonly endpoint: string; readonly key: string };
  readonly concurrency: number;
  /** Kill -9 by its own hand, just before it runs a statement that holds these words. */
  readonly diesBefore?: string;
  /** Only statements count that are given a text which begins so. @default all */
  readonly diesWith?: string;
  /** The how manyeth such statement kills it. @default 1 */
  readonly occurrence?: number;
  /** Works on every lane, and is done when all of them are: thumbnails and thorough facts too. @default false */
  readonly everyLane?: boolean;
  /** As a batch, and waits for it. @default false */
  readonly isBatch?: boolean;
  /** By the built-in describer. @default false: by the emulator */
  readonly isBuiltIn?: boolean;
  /** @default what every test asks for */
  readonly options?: Partial<RunOptions>;
};

const script: DescribingEngine = JSON.parse(process.argv[2] ?? '') as DescribingEngine; // why: the test's own argument
if (script.diesBefore !== undefined) dieBefore(script.diesBefore, script.occurrence ?? 1, script.diesWith);

const { library, photos, emulator, concurrency } = script;
const engine = new (script.everyLane === true ? EveryLaneEngine : TestEngine)({
  libraryFolder: library,
  credentialOf: credentialFor(emulator),
});
console.log('open');
const toSettings = script.isBatch === true ? batchSettings : azureSettings;
await engine.connect(
  script.isBuiltIn === true ? { kind: 'built-in' } : toSettings(emulator, { concurrency }),
);
await engine.scan(photos);
console.log('scanned');
if (script.isBatch === true) await describeInBatches(engine);
else await engine.describeRest(script.options);
if (engine instanceof EveryLaneEngine) await engine.whenAllIdle();
console.log('described');
await engine.close();

function dieBefore(words: string, occurrence: number, given?: string): void {
  let left = occurrence;
  const { prototype } = BetterSqlite;
  // The seam is the database's own client, so that no line of ours knows of it.
  const prepare = prototype.prepare; // oxlint-disable-line typescript/unbound-method -- why: called on its database below
  prototype.prepare = function prepareDeadly(this: BetterSqlite.Database, sql: string) {
    const statement = prepare.call(this, sql);
    if (!sql.includes(words)) return statement;
    for (const way of ['run', 'get', 'all'] as const) {
      const original = statement[way].bind(statement) as (...values: unknown[]) => unknown; // why: whatever it takes
      statement[way] = (...values: unknown[]) => {
        if (given === undefined || textsOf(values).some((text) => text.startsWith(given))) left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
        return original(...values) as never; // why: each way's own answer, passed on
      };
    }
    return statement;
  } as typeof prepare; // why: the original's overloads are for callers only
}

/** Of a statement's parameters, by place or by name. */
function textsOf(values: readonly unknown[]): string[] {
  return values
    .flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [value],
    )
    .filter((value) => typeof value === 'string');
}
