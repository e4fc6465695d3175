import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkLayers } from '../../build/check-layers.mjs';
import { layers } from '../../build/layers.js';

/** A small checkout that keeps every rule. The packages stand for the real ones. */
const cleanTree = {
  'app/contract/models/asset.ts': `import { z } from 'zod'; export const asset = z;`,
  'app/platform/clock.ts': `import { hrtime } from 'node:process'; export const now = hrtime;`,
  'app/db/open.ts': `import Database from 'better-sqlite3'; export const open = Database;`,
  'app/imaging/render.ts': `import sharp from 'sharp'; export const render = sharp;`,
  'app/library/watch-process.ts': `import { watch } from 'chokidar'; export { watch };`,
  'app/library/asset-store.ts': `import type { open } from '../db/open.ts'; export type Db = typeof open;`,
  'app/search/parse-query.ts': `import { asset } from '../contract/models/asset.ts'; export const parse = asset;`,
  'app/jobs/caption-asset.ts': `import { parse } from '../search/parse-query.ts'; export const run = parse;`,
  'app/engine.ts': `import { open } from './db/open.ts'; export { run } from './jobs/caption-asset.ts'; open;`,
  'app/engine/paths.ts': `export const library = 'library';`,
  'app/cli/main.ts': `import { run } from '../engine.ts'; import { library } from '../engine/paths.ts'; run(library);`,
  'test/library/asset-store.test.ts': `import '../../app/db/open.ts'; import 'sharp'; import 'node:fs';`,
  ...fakePackages('better-sqlite3', 'chokidar', 'left-pad', 'sharp', 'zod'),
};

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'cutline-layers-'));
  await write(cleanTree);
});

afterEach(() => rm(checkout, { recursive: true }));

describe('layers', () => {
  test('a clean tree passes, and its modules were seen', async () => {
    const { moduleCount, violations } = await checkLayers(checkout);
    expect(violations).toEqual([]);
    expect(moduleCount).toBe(Object.keys(cleanTree).filter((path) => path.endsWith('.ts')).length);
  });

  const planted: { mistake: string; rule: string; file: string; code: string }[] = [
    {
      mistake: 'search imports jobs',
      rule: 'search-imports-only-lower-layers',
      file: 'app/search/similar.ts',
      code: `import { run } from '../jobs/caption-asset.ts'; run;`,
    },
    {
      mistake: 'search imports jobs, the type only',
      rule: 'search-imports-only-lower-layers',
      file: 'app/search/similar.ts',
      code: `import type { run } from '../jobs/caption-asset.ts'; export type Run = typeof run;`,
    },
    {
      mistake: 'the command line imports a slice past the engine',
      rule: 'cli-imports-only-lower-layers',
      file: 'app/cli/search.ts',
      code: `import { parse } from '../search/parse-query.ts'; parse;`,
    },
    {
      mistake: 'a file that is no store imports db',
      rule: 'only-stores-import-db',
      file: 'app/library/scan.ts',
      code: `import { open } from '../db/open.ts'; open;`,
    },
    {
      mistake: 'a job imports db',
      rule: 'only-stores-import-db',
      file: 'app/jobs/scan-root.ts',
      code: `import type { open } from '../db/open.ts'; export type Db = typeof open;`,
    },
    {
      mistake: 'a store imports the store of another slice',
      rule: 'stores-keep-to-their-slice',
      file: 'app/captioning/caption-store.ts',
      code: `import type { Db } from '../library/asset-store.ts'; export type Other = Db;`,
    },
    {
      mistake: 'sharp outside imaging, the type only',
      rule: 'sharp-has-one-door',
      file: 'app/library/renditions.ts',
      code: `import type { Sharp } from 'sharp'; export type Image = Sharp;`,
    },
    {
      mistake: 'chokidar in the library, but not in the watcher',
      rule: 'chokidar-has-one-door',
      file: 'app/library/scan.ts',
      code: `import 'chokidar';`,
    },
    {
      mistake: 'a package that nobody decided about',
      rule: 'package-needs-a-door',
      file: 'app/search/format.ts',
      code: `import 'left-pad';`,
    },
    {
      mistake: 'a package that is not installed',
      rule: 'import-must-resolve',
      file: 'app/search/format.ts',
      code: `import 'right-pad';`,
    },
    {
      mistake: 'an unknown folder',
      rule: 'file-needs-a-layer',
      file: 'app/utils/strings.ts',
      code: `export const empty = '';`,
    },
    {
      mistake: 'an unknown file beside the engine',
      rule: 'file-needs-a-layer',
      file: 'app/helpers.ts',
      code: `export const empty = '';`,
    },
    {
      mistake: 'the contract imports Node',
      rule: 'contract-is-plain',
      file: 'app/contract/events.ts',
      code: `import { join } from 'node:path'; join;`,
    },
    {
      mistake: 'the app imports its tests',
      rule: 'app-imports-only-app',
      file: 'app/search/similar.ts',
      code: `import '../../test/library/asset-store.test.ts';`,
    },
    {
      mistake: 'two files import each other',
      rule: 'no-cycles',
      file: 'app/search/parse-query.ts',
      code: `import type { Parsed } from './parsed.ts'; export const parse = 1; export type P = Parsed;`,
    },
  ];

  test.each(planted)('$mistake: $rule', async ({ rule, file, code }) => {
    await write({
      [file]: code,
      'app/search/parsed.ts': `import { parse } from './parse-query.ts'; export type Parsed = typeof parse;`,
    });
    const { violations } = await checkLayers(checkout);
    expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]));
    expect(violations[0]?.comment).toMatch(/\w{3}.*\./);
  });
});

test('app/README.md shows the table of layers as it is', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../app/README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `(\w+)` \| .+ \| ([\w, –]+) \|$/gmu)].map(
    ([, name = '', cell = '']) => ({
      name,
      cell,
    }),
  );
  const shown = rows.map(({ name, cell }, index) => {
    const above = rows.slice(0, index).map((row) => row.name);
    const mayImport = cell === '–' ? [] : cell === 'all above' ? above : cell.split(', ');
    return [name, mayImport.toSorted()];
  });
  const inForce = Object.entries(layers).map(([name, { mayImport }]) => [name, mayImport.toSorted()]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(inForce));
});

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(checkout, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function fakePackages(...names: string[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of names) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, main: 'index.js' });
    files[`node_modules/${name}/index.js`] = '';
  }
  return files;
}
