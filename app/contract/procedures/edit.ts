import { z } from 'zod';
import { editId } from '../ids.ts';
import { descriptionField, reviewState } from '../models/description.ts';
import { count, progressPart } from './shared.ts';

/** What a person changed: the words for it are the window's. */
export const edit = z.object({
  id: editId,
  kind: z.enum(['description', 'review', 'exclude']),
  /** Fields that it touched, keywords that it added or removed, the review state that it set. */
  label: z.object({
    fields: z.array(descriptionField).optional(),
    addedKeywords: z.array(z.string()).optional(),
    removedKeywords: z.array(z.string()).optional(),
    reviewState: reviewState.optional(),
    isExcluded: z.boolean().optional(),
    /** The model, or else the connection, whose answer the person took over. */
    answeredBy: z.string().optional(),
  }),
  photos: count,
  createdAtMs: z.number().int(),
});
export type Edit = z.infer<typeof edit>;

/** What a person did can be taken back and done again, the last first, also after a restart. */
export const editProcedures = {
  /** What `edit.undo` and `edit.redo` would act on next; `null`: nothing. */
  'edit.list': {
    reads: true,
    input: z.object({}),
    output: z.object({ undo: edit.nullable(), redo: edit.nullable() }),
  },
  'edit.undo': {
    reads: false,
    input: z.object({}),
    part: progressPart,
    output: z.object({ edit: edit.nullable() }),
  },
  'edit.redo': {
    reads: false,
    input: z.object({}),
    part: progressPart,
    output: z.object({ edit: edit.nullable() }),
  },
} as const;
