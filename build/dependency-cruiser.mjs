/** @file Makes dependency-cruiser's rules from build/layers.js. Each message says why, and what to do instead. */

import { databaseUsers, doors, layers } from './layers.js';

const whereToChange = 'If the direction itself is wrong, change build/layers.js in a commit of its own.';

/** @param {string} text */
const quoted = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** What ships, and therefore keeps to layers and doors. */
const shipped = '^(?:app|main|renderer)/';

/** @param {string} name */
const filesOf = (name) => layers[name]?.files ?? `^app/${name}/`;

/** @param {string} name */
const packageFiles = (name) => `(^|/)node_modules/(@types/)?${quoted(name)}/`;

const layerRules = Object.entries(layers).map(([name, { is, mayImport }]) => ({
  name: `${name}-imports-only-lower-layers`,
  severity: /** @type {const} */ ('error'),
  comment:
    `${name} is: ${is}. It may import ${mayImport.join(', ') || 'no other layer'}. ` +
    'Move the shared part down into one of these, or pass it in as an argument from jobs or the engine. ' +
    whereToChange,
  from: { path: filesOf(name) },
  to: { path: shipped, pathNot: [name, ...mayImport].map(filesOf) },
}));

const doorRules = Object.entries(doors).map(([name, prefixes]) => ({
  name: `${name}-has-one-door`,
  severity: /** @type {const} */ ('error'),
  comment:
    `Only ${prefixes.join(', ')} may import ${name}, also its types, so that it can be replaced in one place. ` +
    `Call what that place exports instead. ${whereToChange}`,
  from: { path: shipped, pathNot: prefixes.map((prefix) => `^${quoted(prefix)}`) },
  to: { path: packageFiles(name) },
}));

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const forbidden = [
  ...layerRules,
  ...doorRules,
  {
    name: 'package-needs-a-door',
    severity: 'error',
    comment:
      'This package is not in the doors of build/layers.js. Decide which folder alone may import it, add it there, ' +
      'and give its reason in build/dependencies.md.',
    from: { path: shipped },
    to: { path: '(^|/)node_modules/', pathNot: Object.keys(doors).map(packageFiles) },
  },
  {
    name: 'main-loads-no-engine',
    severity: 'error',
    comment:
      'SQLite and libvips must not be loaded in Electron: they would freeze or take down every window. Ask the engine ' +
      'process for it, over a port (main/own-client.ts).',
    from: { path: '^main/' },
    to: { path: String.raw`^app/(?:engine(?:/|\.ts$)|db/|imaging/|metadata/|providers/)`, reachable: true },
  },
  {
    name: 'import-must-resolve',
    severity: 'error',
    comment: 'There is no such file or package: a missing dependency in package.json, or a wrong path.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'contract-is-plain',
    severity: 'error',
    comment:
      'The contract also runs in the window, where there is no Node. Do what needs Node in platform, and cross the ' +
      'port with plain values.',
    from: { path: filesOf('contract') },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'only-stores-import-db',
    severity: 'error',
    comment:
      'SQL lives in *-store.ts files. Ask a store for what you need, or add a function to it. A transaction over ' +
      'several stores is opened with context.transact, which passes the database to each.',
    from: { path: '^app/', pathNot: [filesOf('db'), ...databaseUsers] },
    to: { path: filesOf('db') },
  },
  {
    name: 'stores-keep-to-their-slice',
    severity: 'error',
    comment:
      'A store knows the tables of its own slice. Let the job or the handler call both stores in one transaction ' +
      '(context.transact).',
    from: { path: String.raw`^app/([^/]+)/.+-store\.ts$` },
    to: { path: String.raw`^app/.+-store\.ts$`, pathNot: '^app/$1/' },
  },
  {
    name: 'app-imports-only-app',
    severity: 'error',
    comment:
      'What ships must not need what does not: app/ imports nothing from test/, build/ or a shell, except its version. ' +
      'Move the shared part into app/.',
    from: { path: '^app/' },
    to: {
      pathNot: ['^app/', '^package[.]json$', '(^|/)node_modules/'],
      dependencyTypesNot: ['core', 'unknown', 'undetermined'],
    },
  },
  {
    name: 'no-cycles',
    severity: 'error',
    comment:
      'These files need each other, so neither can be understood or loaded alone. Move what both need to a third ' +
      'file, or pass it as an argument.',
    from: {},
    to: { circular: true },
  },
];
