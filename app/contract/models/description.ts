import { z } from 'zod';
import { cropFocus, detectedObject, textLine } from '../places.ts';

/** Who last wrote a field: a model, a person, or another program by way of the file. */
export const owner = z.enum(['model', 'person', 'file']);
export type Owner = z.infer<typeof owner>;

/** Fields of a description that can be asked for or left out. */
export const descriptionField = z.enum([
  'title',
  'caption',
  'altText',
  'keywords',
  'recognizedText',
  'objects',
]);
export type DescriptionField = z.infer<typeof descriptionField>;

/** A time range in a video, and what happens in it; both times from its beginning. */
export const moment = z.object({
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  text: z.string(),
});
export type Moment = z.infer<typeof moment>;

/** What a model is asked for. Of a video its moments too, which nobody has to choose. */
export type AskedField = DescriptionField | 'moments';

/** What one answer says of one photo. A missing field says nothing about it. */
export const descriptionFields = z.object({
  title: z.string().optional(),
  caption: z.string().optional(),
  altText: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  recognizedText: z.string().optional(),
  /** Where the recognised text stands, where that is known: it comes with it. */
  textLines: z.array(textLine).optional(),
  objects: z.array(detectedObject).optional(),
  /** What to show of it, where whoever found the objects says so. */
  crops: z.array(cropFocus).optional(),
  /** Of a video, in order of time. */
  moments: z.array(moment).optional(),
});
export type DescriptionFields = z.infer<typeof descriptionFields>;

/**
 * What somebody says of a photo. A person may give their whole list of keywords, or only say which come to the others'
 * and which are wrong: then what models and files say besides goes on to count.
 */
export const statementFields = descriptionFields.extend({
  addedKeywords: z.array(z.string()).optional(),
  removedKeywords: z.array(z.string()).optional(),
});
export type StatementFields = z.infer<typeof statementFields>;

/** A keyword with who said it. */
export const ownedKeyword = z.object({ keyword: z.string(), owner });
export type OwnedKeyword = z.infer<typeof ownedKeyword>;

const ownedText = z.object({ text: z.string(), owner });
export type OwnedText = z.infer<typeof ownedText>;

export const reviewState = z.enum(['draft', 'accepted', 'edited', 'rejected']);
export type ReviewState = z.infer<typeof reviewState>;

/** The current description of an asset: what is shown and searched. Each field says who owns it. */
export const description = z.object({
  title: ownedText.nullable(),
  caption: ownedText.nullable(),
  altText: ownedText.nullable(),
  keywords: z.array(ownedKeyword),
  recognizedText: z.string().nullable(),
  /** Where it stands, as far as that is known. */
  textLines: z.array(textLine),
  objects: z.array(detectedObject),
  /** Of a video, in order of time. */
  moments: z.array(moment),
  /** True while only `built-in` has spoken: any other description replaces it without asking. */
  baseline: z.boolean(),
  reviewState,
});
export type Description = z.infer<typeof description>;

/**
 * What of a model's answer a person may want to look at: fewer keywords than asked for, another language than asked for, a
 * place named that was not known. The answer is kept as it is.
 */
export const doubt = z.enum(['few-keywords', 'other-language', 'unknown-place']);
export type Doubt = z.infer<typeof doubt>;
