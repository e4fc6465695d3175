/** @file Which system a program or library was built for, by what its first bytes say. */

import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** ELF header, `e_machine`. */
const elfMachines = new Map([
  [0x3e, 'linux-x64'],
  [0xb7, 'linux-arm64'],
]);
/** Mach-O header, `cputype`. */
const machCpus = new Map([
  [0x01000007, 'darwin-x64'],
  [0x0100000c, 'darwin-arm64'],
]);
/** COFF header, `Machine`. */
const peMachines = new Map([
  [0x8664, 'win32-x64'],
  [0xaa64, 'win32-arm64'],
  [0x14c, 'win32-ia32'],
]);

const headBytes = 4096;
/** Shorter than the header of any of them. */
const fewestBytes = 64;

/**
 * @param {string} path
 * @returns {string | undefined} as `process.platform`-`process.arch`; `undefined` for what is no program
 */
export function platformOf(path) {
  const head = Buffer.alloc(headBytes);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, head, 0, headBytes, 0) < fewestBytes) return undefined;
  } finally {
    closeSync(file);
  }
  if (head.readUInt32BE(0) === 0x7f454c46) return elfMachines.get(head.readUInt16LE(18)) ?? 'another ELF';
  if (head.readUInt32LE(0) === 0xfeedfacf) return machCpus.get(head.readUInt32LE(4)) ?? 'another Mach-O';
  const peAt = head.readUInt32LE(0x3c);
  const isPe =
    head.toString('latin1', 0, 2) === 'MZ' && peAt < headBytes - 6 && head.readUInt32LE(peAt) === 0x4550;
  return isPe ? (peMachines.get(head.readUInt16LE(peAt + 4)) ?? 'another PE') : undefined;
}

/**
 * Programs and libraries below a folder that a platform cannot run.
 *
 * @param {string} folder
 * @param {string} platform `linux-x64` …
 * @returns {string[]}
 */
export function findForeign(folder, platform) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const found = platformOf(path);
      return found !== undefined && found !== platform;
    });
}
