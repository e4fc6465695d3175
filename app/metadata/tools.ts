import { runExifTool, runPerl, type Ran } from './exiftool-process.ts';

/** A tool's version, or why it does not run. */
export type Tool = { readonly version: string } | { readonly reason: string };

/** What reads metadata on this machine. */
export type Tools = {
  /** `undefined` on Windows, where ExifTool brings its own. */
  readonly perl: Tool | undefined;
  readonly exifTool: Tool;
  readonly hasDigest: boolean | undefined;
  /** ExifTool finds a town by a position: its data are there. */
  readonly hasPlaces: boolean;
};

/** Any position on land near a town. */
const somewhere = '52.52,13.405';

export async function lookAtTools(perl = 'perl'): Promise<Tools> {
  const options = { maxProcesses: 1, timeoutMs: 15_000, perl };
  const needsPerl = process.platform !== 'win32';
  const found = needsPerl ? toTool(await runPerl(options, ['-e', 'print $^V'])) : undefined;
  const exifTool = toTool(await runExifTool(options, ['-ver']));
  if ('reason' in exifTool) return { perl: found, exifTool, hasDigest: undefined, hasPlaces: false };
  const digest = needsPerl ? await runPerl(options, ['-MDigest::MD5', '-e', '1']) : undefined;
  const place = await runExifTool(options, ['-api', `geolocation=${somewhere}`, '-s3', '-GeolocationCity']);
  return {
    perl: found,
    exifTool,
    hasDigest: digest === undefined ? undefined : 'output' in digest,
    hasPlaces: 'output' in place && place.output.trim() !== '',
  };
}

function toTool(ran: Ran): Tool {
  return 'output' in ran ? { version: ran.output.trim().replace(/^v/, '') } : ran;
}
