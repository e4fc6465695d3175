import { array, assert, constant, integer, oneof, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { batchLimits, fitsBatch } from '../../../app/providers/batch/batch-limits.ts';
import { sampleConnection } from '../samples.ts';

type Line = { readonly sizeBytes: number; readonly tokens: number };

/** One line after the other, each into the open file or, where it does not fit, into the next one. */
function split(lines: readonly Line[], limits: Parameters<typeof fitsBatch>[2]): Line[][] {
  const files: Line[][] = [];
  for (const line of lines) {
    const open = files.at(-1);
    if (open !== undefined && fitsBatch(filled(open), line, limits)) open.push(line);
    else files.push([line]);
  }
  return files;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const filled = (file: readonly Line[]) => ({
  sizeBytes: sum(file.map(({ sizeBytes }) => sizeBytes)),
  tokens: sum(file.map(({ tokens }) => tokens)),
  lines: file.length,
});

test('every line is in one file, and none is larger than it may be unless one line alone is', () => {
  const line = record({
    sizeBytes: integer({ min: 1, max: 400 }),
    tokens: integer({ min: 1, max: 90 }),
  });
  const limits = record({
    bytes: integer({ min: 1, max: 900 }),
    lines: integer({ min: 1, max: 12 }),
    tokens: oneof(integer({ min: 1, max: 300 }), constant(Number.POSITIVE_INFINITY)),
  });
  assert(
    property(array(line, { maxLength: 60 }), limits, (lines, most) => {
      const files = split(lines, most);
      expect(files.flat()).toEqual(lines);
      for (const file of files) {
        const { sizeBytes, tokens, lines: count } = filled(file);
        const isWithin = sizeBytes <= most.bytes && tokens <= most.tokens && count <= most.lines;
        expect(isWithin || file.length === 1).toBe(true);
      }
      // No file is begun while the one before has room.
      for (const [index, file] of files.slice(1).entries()) {
        const [first] = file;
        const before = filled(files[index] ?? []);
        const wouldFit =
          first !== undefined &&
          before.sizeBytes + first.sizeBytes <= most.bytes &&
          before.tokens + first.tokens <= most.tokens &&
          before.lines < most.lines;
        expect(wouldFit).toBe(false);
      }
    }),
  );
});

test('a file stays under 200 MB, and under the lines that each service takes', () => {
  const azure = batchLimits(sampleConnection());
  const openai = batchLimits(sampleConnection({ kind: 'openai-compatible' }));
  expect(Math.max(azure.bytes, openai.bytes)).toBeLessThan(200_000_000);
  expect([azure.lines, openai.lines]).toEqual([100_000, 50_000]);
});

test('a quota that the service taught us makes the files smaller', () => {
  expect(batchLimits(sampleConnection({ learned: { batchTokens: 5_000 } })).tokens).toBe(5_000);
});
