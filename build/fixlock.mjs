/**
 * @file Mends package-lock.json after a change of dependencies (CONTRIBUTING.md, "Dependencies").
 *
 * A partial registry mirror lacks some packages for other platforms. npm then leaves them out of the lock, and `npm ci`
 * fails here and on the platform itself. This adds the missing entries (without integrity, which nobody can know here)
 * and removes the addresses of registries. Run it as often as you like.
 *
 *     node build/fixlock.mjs [package-lock.json]
 */

import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @typedef {object} LockedPackage the fields that matter here; npm writes more
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [cpu]
 * @property {string[]} [os]
 * @property {string[]} [libc]
 */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */
/** @typedef {{ parent: string, name: string, version: string }} MissingOptional */

const systems = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|aix|win32|win(?=-)/;
const processors = /arm64|x64|ia32|riscv64|ppc64|s390x|loong64|mips64el|arm/;

/**
 * Every optional dependency that the lock has no package for.
 *
 * @param {Lock} lock
 * @returns {MissingOptional[]}
 */
export function missingOptionals(lock) {
  return Object.entries(lock.packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !placesToLook(parent, name).some((place) => lock.packages[place]))
      .map(([name, version]) => ({ parent, name, version })),
  );
}

/**
 * Packages whose `resolved` is an address on some host.
 *
 * @param {Lock} lock
 */
export function hostedPackages(lock) {
  const hosted = Object.entries(lock.packages).filter(([, { resolved = '' }]) => /^[\w+]+:/.test(resolved));
  return hosted.map(([path]) => path);
}

/**
 * Where Node would look for `name` from `parent`: its own node_modules, then each one above.
 *
 * @param {string} parent
 * @param {string} name
 */
function placesToLook(parent, name) {
  const steps = parent.split(/(?=\/?node_modules\/)/);
  const folders = steps.map((_, index) => steps.slice(0, steps.length - index).join(''));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}

/**
 * What npm would have written, as far as the package's name tells it.
 *
 * @param {MissingOptional} missing
 * @param {Lock} lock
 * @returns {LockedPackage | undefined}
 */
function entryFor({ parent, name, version }, lock) {
  const system = systems.exec(name)?.[0];
  const processor = processors.exec(name)?.[0];
  if (!system || !processor || !/^\d/.test(version)) {
    return undefined;
  }
  const os = system === 'win' ? 'win32' : system;
  const libc = /musl/.test(name) ? 'musl' : 'glibc';
  return {
    version,
    cpu: [processor],
    ...(lock.packages[parent]?.dev ? { dev: true } : {}),
    ...(os === 'linux' && /musl|gnu/.test(name) ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}

/** @param {string} file */
function mend(file) {
  const lock = /** @type {Lock} */ (JSON.parse(readFileSync(file, 'utf8'))); // why: npm wrote it
  const hosted = hostedPackages(lock);
  for (const path of hosted) {
    delete lock.packages[path]?.resolved;
  }
  const missing = missingOptionals(lock);
  const unknown = [];
  for (const optional of missing) {
    const entry = entryFor(optional, lock);
    if (entry) {
      lock.packages[`node_modules/${optional.name}`] = entry;
    } else {
      unknown.push(`${optional.name}@${optional.version}, wanted by ${optional.parent || 'the root'}`);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(
    `${file}: ${missing.length - unknown.length} entries added, ${hosted.length} addresses removed.`,
  );
  for (const line of unknown) {
    console.error(`Its platform cannot be told from its name; add it by hand: ${line}`);
  }
  process.exitCode = unknown.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('fixlock.mjs')) {
  mend(process.argv[2] ?? 'package-lock.json');
}
