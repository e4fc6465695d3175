/**
 * @file `npm run soak [-- --section NAME --seed N --size N --minutes N]`: the long proofs, one after the other, each with a
 * report that ends with what failed. The same seed draws the same lots.
 */

import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { SoakSection } from './section.ts';

const sections: Readonly<Record<string, () => Promise<SoakSection>>> = {
  hostile: async () => (await import('./hostile.ts')).hostileSection,
  crash: async () => (await import('./crash.ts')).crashSection,
  faults: async () => (await import('./faults.ts')).faultsSection,
  rate: async () => (await import('./rate.ts')).rateSection,
};

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { section: { ...text, multiple: true }, seed: text, size: text, minutes: text },
});
const asked = values.section ?? Object.keys(sections);
const unknown = asked.find((name) => sections[name] === undefined);
if (unknown !== undefined) {
  fail(`There is no section “${unknown}”. Sections: ${Object.keys(sections).join(', ')}.`);
}
const seed = numberOf('seed') ?? 1;
const size = numberOf('size');
const minutes = numberOf('minutes');

console.log(
  `Node ${process.version}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB, seed ${String(seed)}`,
);
for (const name of asked) {
  const section = await sections[name]?.();
  if (section === undefined) continue;
  console.log(`\n${name}: ${section.title}`);
  const start = performance.now();
  const { figures, failures } = await section.run({
    seed,
    ...(size === undefined ? {} : { size }),
    ...(minutes === undefined ? {} : { minutes }),
    say: (sentence) => {
      console.log(`  … ${sentence}`);
    },
  });
  for (const [what, figure] of Object.entries(figures)) console.log(`  ${what.padEnd(56)} ${String(figure)}`);
  for (const failure of failures) console.log(`  ✗ ${failure}`);
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(
    `  ${failures.length === 0 ? '✓ holds' : `✗ ${String(failures.length)} failures`} (${String(seconds)} s)`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

function numberOf(name: 'seed' | 'size' | 'minutes'): number | undefined {
  const given = values[name];
  if (given === undefined) return undefined;
  const value = Number(given);
  return Number.isFinite(value) && value > 0
    ? value
    : fail(`--${name} needs a number above 0, not “${given}”.`);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
