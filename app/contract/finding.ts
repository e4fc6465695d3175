import { z } from 'zod';
import { errorInfo } from './models/error-info.ts';

/** What a check-up can find: what was looked at, and how that is. */
export const findings = {
  'folder-writable': ['library-folder', 'ok'],
  'folder-open-to-others': ['library-folder', 'warning'],
  'folder-not-writable': ['library-folder', 'problem'],

  'space-enough': ['free-space', 'ok'],
  'space-short': ['free-space', 'warning'],
  'space-nearly-none': ['free-space', 'problem'],

  'database-sound': ['database', 'ok'],
  'database-damaged': ['database', 'problem'],
  'index-complete': ['index', 'ok'],
  'index-behind': ['index', 'warning'],
  'renditions-fit': ['renditions', 'ok'],
  'renditions-orphaned': ['renditions', 'warning'],
  'photos-well': ['photos', 'ok'],
  'photos-failed': ['photos', 'warning'],

  'root-there': ['root', 'ok'],
  'root-gone': ['root', 'warning'],
  'root-unreadable': ['root', 'problem'],
  'watch-limit-enough': ['watch-limit', 'ok'],
  'watch-limit-low': ['watch-limit', 'warning'],

  'clock-plausible': ['clock', 'ok'],
  'clock-behind-files': ['clock', 'warning'],
  'clock-before-release': ['clock', 'problem'],
  'clock-agrees': ['clock', 'ok'],
  'clock-differs': ['clock', 'warning'],

  'perl-runs': ['perl', 'ok'],
  'perl-missing': ['perl', 'warning'],
  'exiftool-runs': ['exiftool', 'ok'],
  'exiftool-fails': ['exiftool', 'warning'],
  'digest-there': ['digest', 'ok'],
  'digest-missing': ['digest', 'warning'],
  'places-known': ['places', 'ok'],
  'places-unknown': ['places', 'warning'],

  'ffmpeg-runs': ['ffmpeg', 'ok'],
  'ffmpeg-not-needed': ['ffmpeg', 'ok'],
  'ffmpeg-lacks': ['ffmpeg', 'warning'],
  'ffmpeg-missing': ['ffmpeg', 'warning'],
  'ffmpeg-too-old': ['ffmpeg', 'warning'],
  'ffmpeg-broken': ['ffmpeg', 'warning'],

  'key-there': ['key', 'ok'],
  'key-weakly-kept': ['key', 'warning'],
  'key-missing': ['key', 'problem'],

  'connection-ready': ['connection', 'ok'],
  'connection-offline': ['connection', 'warning'],
  'connection-blocked': ['connection', 'problem'],
  'connection-answers': ['connection', 'ok'],
  'connection-fails': ['connection', 'problem'],

  'server-found': ['server', 'ok'],
  'server-locked': ['server', 'ok'],
  'server-unsaid': ['server', 'ok'],
  'server-blind': ['server', 'warning'],
  'server-none': ['server', 'ok'],
} as const;

export type FindingCode = keyof typeof findings;
export const findingCodes = Object.keys(findings) as FindingCode[]; // why: the keys of the table above

/** One thing that was looked at. Its sentence is in `messages/findings.ts`. */
export const finding = z.object({
  code: z.enum(findingCodes),
  /** Both follow from the code. */
  check: z.enum(Object.values(findings).map(([check]) => check)),
  level: z.enum(['ok', 'warning', 'problem']),
  /** For the sentence: a path, a number, a name. Never a key. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Why, where an error says it. */
  error: errorInfo.nullable(),
});
export type Finding = z.infer<typeof finding>;
