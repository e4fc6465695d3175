import type { Finding } from '../finding.ts';

type Sentences = Readonly<Record<Finding['level'], (facts: Finding['facts']) => string>>;

const says = (sentence: string) => (): string => sentence;
const gigabytes = (bytes: string | number | undefined): string =>
  `${(Number(bytes ?? 0) / 1e9).toFixed(1)} GB`;

/** One sentence on what was found, and where it is not well, what to do. */
const sentences: Readonly<Record<Finding['check'], Sentences>> = {
  'library-folder': {
    ok: (f) => `The library's folder can be written: ${f['path']}`,
    warning: (f) =>
      `The library's folder can be read by other users of this machine: ${f['path']}. chmod 700 keeps it to you.`,
    problem: (f) =>
      `The library's folder cannot be written: ${f['path']}. Change its rights, or choose another with --library.`,
  },
  'free-space': {
    ok: (f) => `${gigabytes(f['freeBytes'])} are free beside the library.`,
    warning: (f) =>
      `Only ${gigabytes(f['freeBytes'])} are free beside the library. Thumbnails of ${f['photos']} photos need more: free some space.`,
    problem: (f) =>
      `The library's disk is nearly full (${gigabytes(f['freeBytes'])}). Free some space; until then nothing can be described.`,
  },
  database: {
    ok: says('The database is sound.'),
    warning: says('The database could not be checked.'),
    problem: (f) =>
      `The database is damaged: ${f['reason']}. Put a backup in its place before anything else.`,
  },
  index: {
    ok: says('Search knows every photo.'),
    warning: (f) =>
      `Search has ${f['photos']} photos still to index. It does so while Cutline runs, or with: cutline scan`,
    problem: says('The index of words is damaged. Put a backup in place.'),
  },
  clock: {
    ok: says("This machine's clock is plausible."),
    warning: (f) =>
      `Files are dated after now, up to ${f['newest']}: this machine's clock, or that of a camera, may be wrong.`,
    problem: (f) =>
      `This machine's clock says ${f['now']}, which is before Cutline was made. Set it: services refuse such requests.`,
  },
  root: {
    ok: (f) => `${f['path']} is there.`,
    warning: (f) =>
      `${f['path']} is not reachable. Its photos stay in the library; if it has moved: cutline folders relink`,
    problem: (f) => `${f['path']} cannot be read: ${f['reason']}. Change its rights.`,
  },
  'watch-limit': {
    ok: (f) => `${f['folders']} folders can be watched for changes (the limit is ${f['limit']}).`,
    warning: (f) =>
      `${f['folders']} folders, and the system lets ${f['limit']} be watched by all programs. Raise fs.inotify.max_user_watches, or rely on scans.`,
    problem: says('Folders cannot be watched.'),
  },
  exiftool: {
    ok: says('ExifTool runs: metadata of all formats can be read.'),
    warning: (f) =>
      `ExifTool does not run (${f['reason']}). Metadata of common formats is read without it. It needs Perl.`,
    problem: says('ExifTool does not run.'),
  },
  digest: {
    ok: says("Perl's Digest::MD5 is there."),
    warning: says(
      "Perl's Digest::MD5 is missing; Cutline's own hash of the picture is used. On Debian and Ubuntu the package perl has it.",
    ),
    problem: says("Perl's Digest::MD5 is missing."),
  },
  connection: {
    ok: (f) => `${f['name']} is ready.`,
    warning: (f) => `${f['name']} could not be reached when it was last asked. It goes on by itself.`,
    problem: (f) => `${f['name']} waits for you: ${f['reason']}`,
  },
};

export function findingMessage({ check, level, facts }: Finding): string {
  return sentences[check][level](facts);
}
