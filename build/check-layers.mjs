/** @file Checks the direction of imports against build/layers.js: `npm run check`, or this file alone. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { forbidden } from './dependency-cruiser.mjs';
import { layers } from './layers.js';

/** @typedef {{ rule: string, from: string, to: string, comment: string }} Violation */

const checkedFolders = ['app', 'main', 'renderer', 'test'];
/** Folders whose files ship: each file is in a layer. */
const shippedFolders = ['app', 'main', 'renderer'];

/**
 * @param {string} checkout the folder that holds app/ and, perhaps, test/
 * @returns {Promise<{ moduleCount: number, violations: Violation[] }>}
 */
export async function checkLayers(checkout) {
  const folders = checkedFolders.filter((folder) => existsSync(join(checkout, folder)));
  const { output } = await cruise(folders, {
    baseDir: checkout,
    validate: true,
    ruleSet: { forbidden },
    // Only swc reads TypeScript 7, and with this also `import type`, which counts.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['(^|/)node_modules/'] },
    exclude: { path: ['/fixtures/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'node', 'import', 'require', 'default'],
      mainFields: ['main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  });
  if (typeof output === 'string') {
    throw new TypeError('dependency-cruiser answered with a text, not with a result.');
  }
  const modules = output.modules
    .map((module) => module.source)
    .filter((source) => checkedFolders.includes(source.split('/')[0] ?? ''));
  const rules = new Map(forbidden.map((rule) => [rule.name, rule.comment]));
  const found = output.summary.violations.map((violation) => ({
    rule: violation.rule.name,
    from: violation.from,
    to: violation.cycle?.map((step) => step.name).join(' → ') ?? violation.to,
    comment: rules.get(violation.rule.name) ?? '',
  }));
  return { moduleCount: modules.length, violations: [...found, ...modules.flatMap(withoutLayer)] };
}

/**
 * @param {string} source
 * @returns {Violation[]}
 */
function withoutLayer(source) {
  const known = Object.entries(layers).some(([name, { files }]) =>
    new RegExp(files ?? `^app/${name}/`).test(source),
  );
  if (known || !shippedFolders.includes(source.split('/')[0] ?? '')) {
    return [];
  }
  const comment =
    'This file is in no layer of build/layers.js. Put it into the layer that it belongs to, or add a layer there: ' +
    'what it is, and what it may import.';
  return [{ rule: 'file-needs-a-layer', from: source, to: 'build/layers.js', comment }];
}

if (import.meta.main) {
  const { moduleCount, violations } = await checkLayers(join(import.meta.dirname, '..'));
  for (const { rule, from, to, comment } of violations) {
    console.error(`${rule}\n  ${from} → ${to}\n  ${comment}\n`);
  }
  // dependency-cruiser is content when it can read nothing, for instance without @swc/core.
  const sawNothing = moduleCount === 0;
  console.error(
    sawNothing
      ? 'No module was seen: is @swc/core installed?'
      : `${moduleCount} modules, ${violations.length} violations`,
  );
  process.exitCode = sawNothing || violations.length > 0 ? 1 : 0;
}
