import { plural } from './format.ts';

export const upkeepText = {
  exported: (photos: number, path: string): string => `${plural(photos, 'photo')} written to ${path}`,
  backedUp: (path: string): string =>
    `The library is saved in ${path}, and the copy was checked. To go back to it: close Cutline, and put it as library.db in the place of the one in the library's folder, without its library.db-wal and library.db-shm.`,
  examined: (warnings: number, problems: number): string => {
    if (warnings + problems === 0) return 'Everything is well.';
    const parts = [
      ...(problems > 0 ? [plural(problems, 'problem')] : []),
      ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ];
    return `${parts.join(' and ')}.`;
  },
  tidied: (files: number, sizeBytes: number): string =>
    files === 0
      ? 'There was nothing to remove.'
      : `${plural(files, 'thumbnail or preview', 'thumbnails and previews')} (${Math.ceil(sizeBytes / 1e6)} MB) removed.`,
  doctor: 'check folders, tools, space, keys, connections and the library',
  doctorLong:
    'Looks at everything that has to be well and says what to do where it is not. Exit status 1 when there is a problem.',
  online:
    'ask the services of all connections too, and look for servers of models on this machine; sends no picture and nothing that costs',
  tidy: 'remove thumbnails and previews that belong to no photo',
  ffmpeg: 'look whether there is an ffmpeg for videos, or name one',
  ffmpegLong:
    'Videos get their picture, and what a model is shown of them, from the ffmpeg that is in PATH or named here (version 4 or newer). Without a path: says whether there is one (exit status 1 if not).',
  ffmpegPath: 'the program that is to be taken from now on',
  ffmpegFromPath: 'take the one in PATH again',
  ffmpegFound: (command: string, version: string): string =>
    `${command} is ffmpeg ${version}: videos have pictures and can be described.`,
  export: 'write everything that is known of the photos as CSV or JSON',
  exportLong:
    'Writes captions, keywords and all else with who said it, facts, places, notes, questions with their answers, provenance and cost. A text that a spreadsheet would take for a formula (it begins with = + - @ | % or a tab) gets an apostrophe before it in CSV; JSON has every text as it is, all earlier descriptions too, and dates both as ISO 8601 and in milliseconds: json is one array, jsonl one photo a line.',
  backup: 'save a checked copy of the library in one file, also while Cutline runs',
  backupFile: 'where to save it; a file that is there stays unless --force is given',
  format: 'csv, json or jsonl (default: csv; with --json: jsonl)',
  out: 'file to write (default: stdout)',
  bom: 'mark CSV as UTF-8 for Excel',
  force: 'replace a file of that name',
  query: 'only what this search finds',
} as const;
