/**
 * @file An engine in a process of its own that describes one folder while it reads another one, so that its memory and its
 * turns are its own. Its argument is a `DescribeEngine` as JSON; its one line of output is a `Described`.
 */

import { azureSettings, credentialFor, EveryLaneEngine, usualOptions } from '../helpers/engine.ts';

export type DescribeEngine = {
  readonly library: string;
  readonly emulator: { readonly endpoint: string; readonly key: string };
  readonly concurrency: number;
  /** Described before anything is measured: a connection that never answered is asked once before many go out. */
  readonly first: string;
  /** Of which all photos are described. */
  readonly described: string;
  /** Read meanwhile: facts, hashes, thumbnails. */
  readonly ingested: string;
};

export type Described = {
  readonly photos: number;
  /** From the start of the run to its end. */
  readonly ms: number;
  /** The most that the process held while it did both, and read the rest. */
  readonly residentBytes: number;
};

const script: DescribeEngine = JSON.parse(process.argv[2] ?? '') as DescribeEngine; // why: the bench's own argument
const { library, emulator, concurrency, first, described, ingested } = script;
const work = new EveryLaneEngine({ libraryFolder: library, credentialOf: credentialFor(emulator) });
const { engine } = work;
await work.connect(azureSettings(emulator, { concurrency }));
await work.scan(first);
await work.describe();
await work.scan(described);
await work.whenAllIdle();

let residentBytes = 0;
const watching = setInterval(() => {
  residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
}, 20);
await engine.call('root.add', { path: ingested });
await engine.call('root.scan', {});
const start = performance.now();
const { runId } = await engine.call('description.start', {
  connectionId: work.connection.id,
  budgetMicroUsd: null,
  folders: [described],
  options: usualOptions,
});
if (runId === null) throw new Error('there was nothing to describe');
const { plan } = await work.settle(runId);
const ms = performance.now() - start;
await work.whenAllIdle();
clearInterval(watching);
await work.close({ abort: true });
const answer: Described = { photos: plan.photos, ms, residentBytes };
console.log(JSON.stringify(answer));
