/**
 * @file Makes app/search/place-names.json from GeoNames: what towns, regions and countries are called in other languages.
 *
 * usage: node build/run.mjs build/make-place-names.mjs FOLDER
 *   FOLDER: `usr/share/locale` of Debian's package libgeonames-common 0.3.0-1, whose files name some thousand places by
 *   GeoNames' number, or the code of a region
 *
 * Run by hand when the package or the choice below changes; the result is kept in the repository. A place is taken where
 * German, French or Japanese knows it and its names differ, with the name of its own country's language. Which country
 * that is, and which names other towns have too, says ExifTool's index, from which the places of photos come. Names of
 * countries are those of `Intl` too.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { foldedWords, joinWords } from '../app/search/words.ts';

/** The languages in which places are typed. */
const typed = ['en', 'de', 'fr', 'ja'];

/** In which language people call the places of a country. */
const ownLanguages = new Map(
  Object.entries({
    ar: 'EG',
    bg: 'BG',
    cs: 'CZ',
    da: 'DK',
    de: 'AT CH DE',
    el: 'GR',
    es: 'AR CL CO CU ES MX PE UY',
    et: 'EE',
    fa: 'IR',
    fi: 'FI',
    fr: 'FR LU MA',
    he: 'IL',
    hr: 'HR',
    hu: 'HU',
    id: 'ID',
    is: 'IS',
    it: 'IT',
    ja: 'JP',
    ko: 'KR',
    lt: 'LT',
    lv: 'LV',
    nb: 'NO',
    nl: 'BE NL',
    pl: 'PL',
    pt: 'BR PT',
    ro: 'RO',
    ru: 'RU',
    sk: 'SK',
    sl: 'SI',
    sr: 'RS',
    sv: 'SE',
    th: 'TH',
    tr: 'TR',
    uk: 'UA',
    vi: 'VN',
    zh: 'CN TW',
  }).flatMap(([language, countries]) =>
    countries.split(' ').map((country) => /** @type {const} */ ([country, language])),
  ),
);

/** What people type, or the index says, and the package does not have: by a name that it has. */
const alsoCalled = new Map([
  ['beijing', ['peking']],
  ['bratislava', ['pressburg']],
  ['chennai', ['madras']],
  ['flemish region', ['flanders', 'flandre']],
  ['guangzhou', ['kanton', 'canton']],
  ['nova scotia', ['neuschottland']],
  ['thessaloniki', ['saloniki']],
  ['vilnius', ['wilna']],
  ['walloon region', ['wallonia', 'wallonie']],
  ['yangon', ['rangun', 'rangoon']],
]);

/** The same of countries, which the lists of `Intl` do not have either, by code. */
const countriesAlsoCalled = new Map([
  ['AE', ['UAE', 'VAE']],
  ['BY', ['Weißrussland']],
  ['CI', ['Ivory Coast']],
  ['CV', ['Cabo Verde']],
  ['CZ', ['Czech Republic', 'Tschechische Republik', 'République tchèque']],
  ['GB', ['Great Britain', 'Großbritannien', 'Grande-Bretagne', 'UK']],
  ['MM', ['Burma', 'Birma', 'Birmanie']],
  ['NL', ['The Netherlands', 'Holland']],
  ['TR', ['Turkey']],
  ['US', ['USA', 'United States of America', 'Vereinigte Staaten von Amerika']],
]);

/** A smaller town of the same name is not the one that is meant. */
const manyPeople = 15_000;

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node build/run.mjs build/make-place-names.mjs FOLDER');

/** @typedef {{ country: string, people: number }} Town */

/** @type {Map<string, ReadonlyMap<string, string>>} */
const read = new Map();

/**
 * The names of places in a language, by number; none for a language that is not there. A file of GNU gettext.
 *
 * @param {string} language
 */
function namesIn(language) {
  const known = read.get(language);
  if (known !== undefined) return known;
  const bytes = readFileSync(join(folder ?? '', language, 'LC_MESSAGES', 'geonames.mo'));
  const [count, keys, values] = [8, 12, 16].map((offset) => bytes.readUInt32LE(offset));
  /** @param {number} offset */
  const textAt = (offset) => {
    const start = bytes.readUInt32LE(offset + 4);
    return bytes.toString('utf8', start, start + bytes.readUInt32LE(offset));
  };
  const names = new Map(
    Array.from({ length: count ?? 0 }, (_, index) => [
      textAt((keys ?? 0) + index * 8),
      textAt((values ?? 0) + index * 8),
    ]),
  );
  names.delete('');
  read.set(language, names);
  return names;
}

/**
 * As the search looks for it.
 *
 * @param {string} name
 */
function toKey(name) {
  return joinWords(foldedWords(name));
}

/** Towns of ExifTool's index by folded name. @type {Map<string, Town[]>} */
const towns = new Map();
/** Its regions. @type {Set<string>} */
const regions = new Set();
{
  const place = dirname(createRequire(import.meta.url).resolve('exiftool-vendored.pl/package.json'));
  const bytes = readFileSync(join(place, 'bin/lib/Image/ExifTool/Geolocation.dat'));
  const newline = 10;
  let at = bytes.indexOf(newline, bytes.indexOf(newline) + 1) + 1;
  const codes = [];
  const rows = [];
  for (; bytes.readUInt32BE(at) !== 0; at = bytes.indexOf(newline, at + 13) + 1) {
    const [exponent, digit] = [bytes.readUInt8(at + 6) >> 4, bytes.readUInt8(at + 6) & 0xf];
    const people = (digit + (bytes.readUInt8(at + 7) >> 4) / 10) * 10 ** exponent;
    const name = bytes.toString('utf8', at + 13, bytes.indexOf(newline, at + 13));
    rows.push({ country: bytes.readUInt8(at + 5), people, name });
  }
  /** Behind the zeros between two lists, a number and the end of its line. */
  const divider = 6;
  for (at += divider; bytes.readUInt32BE(at) !== 0; at = bytes.indexOf(newline, at) + 1) {
    codes.push(bytes.toString('utf8', at, at + 2));
  }
  for (at += divider; bytes.readUInt32BE(at) !== 0; at = bytes.indexOf(newline, at) + 1) {
    regions.add(toKey(bytes.toString('utf8', at, bytes.indexOf(newline, at))));
  }
  for (const { country, people, name } of rows) {
    const key = toKey(name);
    towns.set(key, [...(towns.get(key) ?? []), { country: codes[country] ?? '', people }]);
  }
}

/**
 * The country of a place: that of its region's code, or of the largest town that is called so.
 *
 * @param {string} id
 * @param {readonly string[]} keys
 */
function countryOf(id, keys) {
  if (id.includes('.')) return id.slice(0, 2);
  const [largest] = keys
    .flatMap((key) => towns.get(key) ?? [])
    .toSorted((one, other) => other.people - one.people);
  return largest?.country;
}

/**
 * What a name is also typed as: Japanese without its "city" or "prefecture". The 市 of 四日市 is a part of its name.
 *
 * @param {string} key
 * @param {string} english
 */
function shorter(key, english) {
  return /^..+[市州県府都区町村]$/u.test(key) && !english.endsWith('ichi') ? [key.slice(0, -1)] : [];
}

/**
 * A region as the index calls it: `brittany` where GeoNames called it Brittany Region.
 *
 * @param {string} id
 * @param {string} english
 */
function inIndex(id, english) {
  const name = english.replace(
    / (?:region|province|district|county|governorate|municipality|oblast|voivodeship)$/,
    '',
  );
  return id.includes('.') && regions.has(name) ? [name] : [];
}

/** @param {string} id */
function toLine(id) {
  const names = typed.flatMap((language) => namesIn(language).get(id) ?? []);
  const english = toKey(namesIn('en').get(id) ?? '');
  const keys = [...new Set(names.map(toKey))];
  const country = countryOf(id, keys);
  const language = ownLanguages.get(country ?? '');
  const local = toKey((language === undefined ? undefined : namesIn(language).get(id)) ?? '');
  const own = new Set([english, local, ...inIndex(id, english)]);
  const others = [...keys, ...(alsoCalled.get(english) ?? [])];
  const all = new Set([...own, ...others].flatMap((key) => [key, ...shorter(key, english)]));
  all.delete('');
  if (all.size < 2) return [];
  const isOfAnother = (/** @type {string} */ key) =>
    !own.has(key) &&
    (towns.get(key) ?? []).some((town) => town.people >= manyPeople && town.country !== country);
  const [meant, typedOnly] = [[...all].filter((key) => !isOfAnother(key)), [...all].filter(isOfAnother)];
  return [[meant, typedOnly].map((some) => (some.length === 0 ? '' : `|${some.join('|')}|`)).join('\t')];
}

/** @param {string} code */
function countryLine(code) {
  const own = ownLanguages.get(code);
  const names = [...typed, ...(own === undefined ? [] : [own])].flatMap((language) => [
    namesIn(language).get(code) ?? [],
    new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code) ?? [],
  ]);
  const all = [...names.flat(), ...(countriesAlsoCalled.get(code) ?? [])];
  const keys = new Set(all.map((name) => toKey(name.replace('&', 'and').replace('St. ', 'Saint '))));
  return keys.size < 2 ? [] : [`|${[...keys].join('|')}|\t`];
}

const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));
/** All that may be codes of countries; most are none. */
const codes = letters.flatMap((first) => letters.map((second) => first + second));

const ids = new Set(typed.slice(1).flatMap((language) => [...namesIn(language).keys()]));
const lines = new Set([
  ...codes.flatMap(countryLine),
  ...[...ids]
    .filter((id) => !codes.includes(id))
    .toSorted()
    .flatMap(toLine),
]);
const notice =
  'From GeoNames, https://www.geonames.org, CC BY 4.0, by libgeonames-common 0.3.0: chosen, folded and put together.';
writeFileSync(
  new URL('../app/search/place-names.json', import.meta.url),
  `${JSON.stringify({ notice, places: [...lines].join('\n') }, null, 2)}\n`,
);
process.stdout.write(`${String(lines.size)} places\n`);
