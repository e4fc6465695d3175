import { z } from 'zod';
import { assetId } from './ids.ts';

/**
 * Why a photo was found: by the `word` itself, another `form` of it (plural, spelling with ae, `lief` for laufen), another
 * `spelling` (a slip of the finger), a `synonym` (automobile for car), something `narrower` (heron for bird, `Schäferhund` for
 * Hund), or its `date`.
 */
export const matchKind = z.enum(['word', 'form', 'spelling', 'synonym', 'narrower', 'date']);
export type MatchKind = z.infer<typeof matchKind>;

/** What of a photo is searched for words, in the order in which a reader would rather see a match. */
export const documentFields = [
  'caption',
  'title',
  'keywords',
  'altText',
  'recognizedText',
  'otherText',
  'moments',
  'answers',
  'place',
  'camera',
  'lens',
  'fileName',
  'folder',
] as const;
export type DocumentField = (typeof documentFields)[number];

export const photoMatch = z.object({
  field: z.enum([...documentFields, 'date']),
  by: matchKind,
  /** As typed. */
  asked: z.string(),
  /** As it stands in the photo's text; for a date the day, `2019-05-17`. */
  found: z.string(),
  /** Of `moments`: where the moment begins that has it, in ms. The one that has most of the words comes first. */
  momentMs: z.number().int().min(0).optional(),
});
export type PhotoMatch = z.infer<typeof photoMatch>;

export const photoSummary = z.object({
  id: assetId,
  path: z.string(),
  caption: z.string().nullable(),
  keywords: z.array(z.string()),
  /** Part of the text that matched, with the matches between U+0002 and U+0003; `null` when nothing was searched. */
  snippet: z.string().nullable(),
});
export type PhotoSummary = z.infer<typeof photoSummary>;
