/**
 * @file Checks that each `[Note: Name]` that a comment refers to is written down, once.
 *
 * A note is a paragraph of a comment that begins with its name; a mention anywhere else refers to it. The syntax is in
 * CONTRIBUTING.md ("Notes"). Also checked: a switched-off lint rule says why.
 */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ file: string, line: number, name: string }} Place */

const sources = '{app,main,renderer,build,test}/**/*.{ts,tsx,js,mjs,sql}';
const documents = ['*.md', '{app,build,test}/**/*.md'];

/** These talk about the syntax itself. */
const exceptions = new Set(['CONTRIBUTING.md', 'build/check-notes.mjs', 'test/build/notes.test.ts']);

/** What may stand before the text of a comment: slashes and stars, or SQL's dashes. */
const commentMark = /^\s*(?:\/\*\*?|\*\/?|\/\/|--)\s?/;

/**
 * @param {string} file its name, for the report
 * @param {string} text
 * @returns {{ definitions: Place[], references: Place[] }}
 */
export function findNotes(file, text) {
  /** @type {Place[]} */
  const definitions = [];
  /** @type {Place[]} */
  const references = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    for (const match of line.matchAll(/\[Note: ([^\]]+)\]/g)) {
      const place = { file, line: index + 1, name: match[1] ?? '' };
      const begins = commentMark.test(line) && line.replace(commentMark, '').startsWith(match[0]);
      const isDefinition = begins && startsParagraph(lines[index - 1]);
      (isDefinition ? definitions : references).push(place);
    }
  }
  return { definitions, references };
}

/** @param {string | undefined} lineBefore */
function startsParagraph(lineBefore) {
  return (
    lineBefore === undefined ||
    !commentMark.test(lineBefore) ||
    lineBefore.replace(commentMark, '').trim() === ''
  );
}

/**
 * @param {Place[]} definitions
 * @param {Place[]} references
 * @returns {string[]} one sentence per fault
 */
export function findFaults(definitions, references) {
  const places = Map.groupBy(definitions, (definition) => definition.name);
  const missing = references
    .filter((reference) => !places.has(reference.name))
    .map(({ file, line, name }) => `${file}:${line} refers to [Note: ${name}], which is written nowhere.`);
  const doubled = [...places]
    .filter(([, found]) => found.length > 1)
    .map(
      ([name, found]) =>
        `[Note: ${name}] is written in ${found.map(({ file, line }) => `${file}:${line}`).join(' and ')}.`,
    );
  return [...missing, ...doubled];
}

/**
 * @param {string} file
 * @param {string} text
 */
function findUnexplainedSwitches(file, text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /oxlint-disable/.test(line) && !/oxlint-disable.* -- \S/.test(line)
        ? [`${file}:${index + 1} switches a rule off without saying why ("-- because …").`]
        : [],
    );
}

/** @param {string} checkout */
function check(checkout) {
  const files = globSync([sources, ...documents], { cwd: checkout })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !exceptions.has(file) && !file.includes('/fixtures/'));
  const texts = files.map((file) => ({ file, text: readFileSync(join(checkout, file), 'utf8') }));
  const notes = texts.map(({ file, text }) => findNotes(file, text));
  const definitions = notes.flatMap((found) => found.definitions);
  const references = notes.flatMap((found) => found.references);
  const faults = [
    ...findFaults(definitions, references),
    ...texts.flatMap(({ file, text }) => findUnexplainedSwitches(file, text)),
  ];
  console.error([...faults, `${definitions.length} notes, ${references.length} references`].join('\n'));
  return faults.length === 0;
}

if (import.meta.main) {
  process.exitCode = check(join(import.meta.dirname, '..')) ? 0 : 1;
}
