/**
 * @file `node .ci/results.mjs REPORT`: what a JSON report of vitest or of Playwright says. The first line is
 * "passed failed"; a line for each test that failed follows.
 */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const longestReason = 500;

/**
 * @typedef {{ file: string, title: string, reason: string }} Failure
 * @typedef {{ passed: number, failures: Failure[] }} Results
 */

/** @param {any} report @returns {Results} */
function ofVitest({ numPassedTests, testResults }) {
  const failures = testResults.flatMap((/** @type {any} */ { name, message, assertionResults }) => {
    const failed = assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    // A file that could not be loaded has no tests that could fail.
    if (message && failed.length === 0) return [{ file: name, title: '', reason: message }];
    return failed.map((/** @type {any} */ { fullName, failureMessages }) => ({
      file: name,
      title: fullName,
      reason: failureMessages.join(' '),
    }));
  });
  return { passed: numPassedTests, failures };
}

/** @param {any} report @returns {Results} */
function ofPlaywright({ config, suites, errors, stats }) {
  /** @type {Failure[]} */
  const failures = errors.map((/** @type {any} */ { message }) => ({
    file: 'test/e2e',
    title: '',
    reason: message,
  }));
  /** @param {any} suite @param {string} title */
  const look = ({ specs, suites: inner = [] }, title) => {
    for (const spec of specs) {
      for (const { status, projectName, results } of spec.tests) {
        if (status !== 'unexpected' && status !== 'flaky') continue;
        failures.push({
          file: `${config.rootDir}/${spec.file}`,
          title: `[${projectName}] ${title}${spec.title}`,
          reason: results.map((/** @type {any} */ { error }) => error?.message ?? '').join(' '),
        });
      }
    }
    for (const suite of inner) look(suite, `${title}${suite.title} › `);
  };
  for (const suite of suites) look(suite, '');
  return { passed: stats.expected, failures };
}

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { passed, failures } = 'testResults' in report ? ofVitest(report) : ofPlaywright(report);
console.log(`${passed} ${failures.length}`);
for (const { file, title, reason } of failures) {
  // oxlint-disable-next-line no-control-regex -- because Playwright colours what it says
  const plain = reason.replaceAll(/\u001B\[[\d;]*m/g, '').slice(0, longestReason);
  console.log(`FAILED: ${relative('.', file)} › ${title}: ${plain}`);
}
