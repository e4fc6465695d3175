import type { ErrorInfo } from '../errors.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { messageFor } from './en.ts';

/**
 * What a sentence may use. `why`: the sentence of the finding's error, in its language; empty when there is none. A
 * sentence says what was found and, where that is not well, what to do.
 */
type Sentence = (facts: Finding['facts'], why: string) => string;
export type FindingSentences = Readonly<Record<FindingCode, Sentence>>;

export const gigabytes = (bytes: string | number | undefined): string =>
  `${(Number(bytes ?? 0) / 1e9).toFixed(1)} GB`;
export const megabytes = (bytes: string | number | undefined): string =>
  `${Math.ceil(Number(bytes ?? 0) / 1e6)} MB`;

const keptIn: Readonly<Record<string, string>> = {
  environment: 'in the environment',
  system: 'encrypted by this system',
  'system-weak': 'encrypted with a password that everybody knows, for this system keeps none',
  keyring: "in the system's keyring",
  file: 'in a file that only you can read',
  memory: 'until Cutline ends',
};

function videosWait(videos: string | number | undefined, place: 'begin' | 'middle' = 'begin'): string {
  const count = Number(videos ?? 0);
  return `${count.toLocaleString('en')} ${count === 1 ? 'video has' : 'videos have'} no picture${place === 'begin' ? '' : ' for want of it'}`;
}

export const englishFindings: FindingSentences = {
  'folder-writable': (f) => `The library's folder can be written: ${f['path']}`,
  'folder-open-to-others': (f) =>
    `The library's folder can be read by other users of this machine: ${f['path']}. chmod 700 keeps it to you.`,
  'folder-not-writable': (f) =>
    `The library's folder cannot be written: ${f['path']}. Change its rights, or choose another with --library.`,

  'space-enough': (f) => `${gigabytes(f['freeBytes'])} are free beside the library.`,
  'space-short': (f) =>
    `Only ${gigabytes(f['freeBytes'])} are free beside the library. Thumbnails of ${f['photos']} photos need more: free some space.`,
  'space-nearly-none': (f) =>
    `The library's disk is nearly full (${gigabytes(f['freeBytes'])}). Free some space; until then nothing can be described.`,

  'database-sound': () => 'The database is sound.',
  'database-damaged': (f) =>
    `The database ${f['path']} is damaged: ${f['reason']}. Close Cutline and put a backup in its place before anything else, without its -wal and -shm files${f['copies'] ? ` (beside it: ${f['copies']})` : '; without one, move it away and scan again'}.`,
  'index-complete': () => 'Search knows every photo.',
  'index-behind': (f) =>
    `Search has ${f['photos']} photos still to index. It does so while Cutline runs, or with: cutline scan`,
  'renditions-fit': (f) => `Each of the ${f['files']} thumbnails and previews belongs to a photo.`,
  'renditions-orphaned': (f) =>
    `Thumbnails and previews of no photo of this library: ${f['files']} (${megabytes(f['sizeBytes'])}). Remove them with: cutline doctor --tidy`,

  'photos-well': () => 'No photo has failed.',
  'photos-failed': (f, why) =>
    `${f['photos']} ${f['photos'] === 1 ? 'photo has' : 'photos have'} failed: ${why} See which with: cutline search is:failed`,

  'root-there': (f) => `${f['path']} is there.`,
  'root-gone': (f) =>
    `${f['path']} is not reachable. Its photos stay in the library; if it has moved: cutline folders relink`,
  'root-unreadable': (f) => `${f['path']} cannot be read (${f['reason']}). Change its rights.`,
  'watch-limit-enough': (f) =>
    `Folders to watch for changes: ${f['folders']}, of ${f['limit']} that the system allows.`,
  'watch-limit-low': (f) =>
    `${f['folders']} folders, and the system lets ${f['limit']} be watched by all programs. Raise fs.inotify.max_user_watches, or rely on scans.`,

  'clock-plausible': () => "This machine's clock is plausible.",
  'clock-behind-files': (f) =>
    `Files are dated after now, up to ${f['newest']}: this machine's clock, or that of a camera, may be wrong.`,
  'clock-before-release': (f) =>
    `This machine's clock says ${f['now']}, which is before Cutline was made. Set it: services refuse such requests.`,
  'clock-agrees': (f) => `This machine's clock agrees with that of ${f['host']}.`,
  'clock-differs': (f) =>
    `This machine's clock is ${f['minutes']} minutes ${f['direction'] === 'ahead' ? 'ahead of' : 'behind'} that of ${f['host']}. Set it: services refuse requests and certificates by their time.`,

  'perl-runs': (f) => `Perl ${f['version']} runs.`,
  'perl-missing': (f) =>
    `Perl does not run (${f['reason']}). ExifTool needs it: install Perl, or go without place names and the metadata of rarer formats.`,
  'exiftool-runs': (f) => `ExifTool ${f['version']} runs: metadata of all formats can be read.`,
  'exiftool-fails': (f) =>
    `ExifTool does not run (${f['reason']}). Metadata of common formats is read without it; place names are not.`,
  'digest-there': () => "Perl's Digest::MD5 is there.",
  'digest-missing': () =>
    "Perl's Digest::MD5 is missing; Cutline's own hash of the picture is used. On Debian and Ubuntu the package perl has it.",
  'places-known': () => 'Places are named without a network. Place data: GeoNames (geonames.org), CC BY 4.0.',
  'places-unknown': () =>
    'ExifTool has no place data (Geolocation.dat), so no photo gets the name of its place. Install Cutline again.',

  'ffmpeg-runs': (f) => `ffmpeg ${f['version']} runs: videos have pictures.`,
  'ffmpeg-not-needed': () =>
    'There is no ffmpeg here, and no video waits for one. With it, videos of every kind have pictures and can be described.',
  'ffmpeg-lacks': (f) =>
    `${videosWait(f['videos'])}: ffmpeg ${f['version']} (${f['command']}) has no decoder for ${Number(f['videos']) === 1 ? 'it' : 'them'}. Install a full build of ffmpeg, or name one: cutline ffmpeg PATH, or in the settings under Check-up.`,
  'ffmpeg-missing': (f) =>
    `${videosWait(f['videos'])}: ffmpeg was not found (${f['command']}). Install it (https://ffmpeg.org, or from your system's packages), or name it: cutline ffmpeg PATH, or in the settings under Check-up.`,
  'ffmpeg-too-old': (f) =>
    `${f['command']} is older than ffmpeg 4, which videos need${Number(f['videos']) === 0 ? '' : `; ${videosWait(f['videos'], 'middle')}`}. Install a newer one, or name it: cutline ffmpeg PATH, or in the settings under Check-up.`,
  'ffmpeg-broken': (f) =>
    `${f['command']} does not answer as ffmpeg does${Number(f['videos']) === 0 ? '' : `; ${videosWait(f['videos'], 'middle')}`}. Name another one: cutline ffmpeg PATH, or in the settings under Check-up.`,

  'key-there': (f) => `${f['name']} has a key, kept ${keptIn[f['place'] ?? ''] ?? f['place']}.`,
  'key-weakly-kept': (f) =>
    `The key of ${f['name']} is kept ${keptIn[f['place'] ?? ''] ?? f['place']}. Whoever can read your files can read it: set up a keyring, then give the key once more.`,
  'key-missing': (f) =>
    `${f['name']} has no key, and its service wants one. Set ${f['variable']}, or give it in the window's settings.`,

  'connection-ready': (f) => `${f['name']} is ready.`,
  'connection-offline': (f) =>
    `${f['name']} could not be reached when it was last asked. It goes on by itself.`,
  'connection-blocked': (f, why) => `${f['name']} waits for you: ${why}`,
  'connection-answers': (f) =>
    `${f['name']} answers${f['model'] === undefined ? '' : ` with ${f['model']}`}. Nothing was sent that costs.`,
  'connection-fails': (f, why) => `${f['name']}: ${why}`,

  'server-found': (f) =>
    `${f['server']} runs at ${f['endpoint']}; of its models these see pictures: ${f['seeing']}.`,
  'server-locked': (f) => `A server of models runs at ${f['endpoint']}, and wants a key.`,
  'server-unsaid': (f) =>
    `${f['server']} runs at ${f['endpoint']}, and does not say what its models see. Describing finds out before it sends a photo.`,
  'server-blind': (f) =>
    `${f['server']} runs at ${f['endpoint']}, and none of its models sees pictures. Load one that does.`,
  'server-none': () =>
    'No server of models runs at the usual ports of this machine (Ollama, LM Studio, llama.cpp, vLLM).',
};

/** The sentence for a terminal. */
export function findingMessage(finding: Finding): string {
  return sentenceOf(finding, englishFindings, messageFor);
}

/** @param messageOf the sentence of an error in the same language */
export function sentenceOf(
  { code, facts, error }: Finding,
  sentences: FindingSentences,
  messageOf: (error: ErrorInfo) => string,
): string {
  return sentences[code](facts, error === null ? '' : messageOf(error));
}
