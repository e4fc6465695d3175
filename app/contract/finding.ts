import { z } from 'zod';

/** What a check-up looks at. */
export const checks = [
  'library-folder',
  'free-space',
  'database',
  'index',
  'clock',
  'root',
  'watch-limit',
  'exiftool',
  'digest',
  'connection',
] as const;

/** One thing that was looked at. The sentence is in `messages/findings.ts`. */
export const finding = z.object({
  check: z.enum(checks),
  level: z.enum(['ok', 'warning', 'problem']),
  /** For the sentence: a path, a number, a reason. Never a key. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof finding>;
