/** @file The licences of everything that an installed Cutline brings, in one text; Electron brings its own beside it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { doors } from '../layers.js';

const root = join(import.meta.dirname, '../..');

/**
 * An entry of package-lock.json.
 *
 * @typedef {{ version: string, license?: string, dev?: boolean, dependencies?: Record<string, string> }} Locked
 */

/**
 * What is packaged, as places below the checkout: packages that are installed with the app, and those that are built into
 * the window.
 *
 * @param {string} [checkout] where they are installed: another one than this has those of another system
 * @returns {Map<string, Locked>}
 */
export function shippedPackages(checkout = root) {
  /** @type {unknown} */
  const lock = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8'));
  const { packages } = /** @type {{ packages: Record<string, Locked> }} */ (lock); // why: npm wrote it
  const inWindow = Object.keys(doors).filter((name) => doors[name]?.includes('renderer/'));
  const places = Object.keys(packages).filter((place) => place !== '' && packages[place]?.dev !== true);
  for (const name of inWindow) follow(`node_modules/${name}`, packages, places);
  const installed = [...new Set(places)].filter((place) => existsSync(join(checkout, place)));
  return new Map(
    installed.toSorted().flatMap((place) => {
      const locked = packages[place];
      return locked === undefined ? [] : [[place, locked]];
    }),
  );
}

/**
 * Adds a package and what it needs.
 *
 * @param {string} place
 * @param {Record<string, Locked>} packages
 * @param {string[]} found
 */
function follow(place, packages, found) {
  if (found.includes(place)) return;
  found.push(place);
  for (const name of Object.keys(packages[place]?.dependencies ?? {})) {
    // As Node looks for it: beside the package, else in each folder above.
    const above = place.split('/node_modules/');
    const folders = above.map((_, depth) => above.slice(0, above.length - depth).join('/node_modules/'));
    const nested = folders.map((folder) => `${folder}/node_modules/${name}`);
    const at = [...nested, `node_modules/${name}`].find((candidate) => candidate in packages);
    if (at !== undefined) follow(at, packages, found);
  }
}

const licenceFile = /^(?:licen[cs]e|copying|notice|unlicense)/i;

/**
 * @param {string} [checkout]
 * @returns {string}
 */
export function licenceText(checkout = root) {
  const sections = [...shippedPackages(checkout)].map(
    ([place, { version, license = 'no licence named' }]) => {
      const folder = join(checkout, place);
      const texts = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
        .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return section(`${name} ${version} – ${license}`, texts);
    },
  );
  const wordNet = readFileSync(join(root, 'app/search/LICENSE-WORDNET'), 'utf8').trim();
  return [
    ...sections,
    section('WordNet 3.1, from which kinds of words are taken', [wordNet]),
    section('GeoNames, from which names of places are taken', [
      'https://www.geonames.org, by libgeonames-common 0.3.0; chosen, folded and put together.\n' +
        'Creative Commons Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/legalcode',
    ]),
  ].join('\n');
}

/**
 * @param {string} title
 * @param {string[]} texts
 */
function section(title, texts) {
  const line = '='.repeat(80);
  const content = texts.length === 0 ? ['The package names its licence and brings no text of it.'] : texts;
  return `${line}\n${title}\n${line}\n\n${content.join('\n\n')}\n`;
}
