/**
 * @file An engine in a process of its own that describes one folder after the other, so that its memory is its own. Nobody
 * retries anything: what its queue gives up stays given up. Its
 * argument is a `SoakingEngine` as JSON; each line on stdin is a folder, each line on stdout says how that went.
 */

import { createInterface } from 'node:readline';
import { azureSettings, credentialFor, EveryLaneEngine } from '../helpers/engine.ts';

export type SoakingEngine = {
  readonly library: string;
  readonly emulator: { readonly endpoint: string; readonly key: string };
  readonly concurrency: number;
};

export type FolderDone = {
  /** From the moment that its photos were read to the last description. */
  readonly describeMs: number;
  /** Of this process, from finding the photos to the end of everything that they ask for. */
  readonly cpuMs: number;
  readonly photos: number;
  readonly residentBytes: number;
};

const script: SoakingEngine = JSON.parse(process.argv[2] ?? '') as SoakingEngine; // why: the proof's own argument
const engine = new EveryLaneEngine({
  libraryFolder: script.library,
  credentialOf: credentialFor(script.emulator),
  retryBaseMs: 20,
});
await engine.connect(azureSettings(script.emulator, { concurrency: script.concurrency }));

for await (const folder of createInterface({ input: process.stdin })) {
  const cpuBefore = process.cpuUsage();
  await engine.scan(folder);
  const start = performance.now();
  const run = await engine.describe();
  const describeMs = performance.now() - start;
  await engine.whenAllIdle();
  const done: FolderDone = {
    describeMs,
    cpuMs: toMs(process.cpuUsage(cpuBefore)),
    photos: run.plan.photos,
    residentBytes: process.memoryUsage.rss(),
  };
  console.log(JSON.stringify(done));
}
await engine.close();

function toMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
