/**
 * @file Lints, and lets an assertion pass that gives its reason on the same line.
 *
 *     const job = row as Job; // why: this table holds nothing else
 *
 * `as`, `!` and `any` are sometimes right; without a reason nobody can tell. Everything else is oxlint's own verdict,
 * with the rules of .oxlintrc.json.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Diagnostic
 * @property {string} code
 * @property {string} message
 * @property {string} [help]
 * @property {string} filename
 * @property {{ span: { line: number, column: number } }[]} labels
 */

/** @typedef {{ diagnostics: Diagnostic[], number_of_files: number }} Answer */

/** Given by name: without, oxlint also reads what .gitignore does not name, and its type-aware half crashes there. */
const folders = ['app', 'main', 'renderer', 'build', 'test'];

const mayGiveReason = new Set([
  'typescript(no-explicit-any)',
  'typescript(no-non-null-assertion)',
  'typescript(no-unsafe-type-assertion)',
]);

const root = join(import.meta.dirname, '..');

/** @returns {Diagnostic[]} */
function lint() {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const paths = folders.filter((folder) => existsSync(join(root, folder)));
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--format', 'json', ...paths], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith('{')) {
    throw new Error(`oxlint did not answer:\n${stdout}${stderr}`);
  }
  const answer = /** @type {Answer} */ (JSON.parse(stdout)); // why: oxlint's own format
  if (answer.number_of_files === 0) {
    throw new Error('oxlint saw no file.');
  }
  return answer.diagnostics;
}

/** @param {Diagnostic} diagnostic */
function hasReason({ code, filename, labels }) {
  const line = labels[0]?.span.line;
  if (line === undefined || !mayGiveReason.has(code)) {
    return false;
  }
  const text = readFileSync(join(root, filename), 'utf8').split('\n')[line - 1];
  return /\/\/ why: \S/.test(text ?? '');
}

const findings = lint().filter((diagnostic) => !hasReason(diagnostic));
for (const { code, message, help, filename, labels } of findings) {
  const span = labels[0]?.span;
  const hint = mayGiveReason.has(code) ? 'Narrow the value, or end the line with "// why: …".' : help;
  console.error(
    `${filename}:${span?.line ?? 1}:${span?.column ?? 1} ${code}\n  ${message}${hint ? `\n  ${hint}` : ''}`,
  );
}
console.error(`${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
