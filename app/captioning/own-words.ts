import type { StatementFields } from '../contract/models/description.ts';
import type { DetectedObject } from '../contract/places.ts';
import { keywordKey } from './keyword-key.ts';

/** What a person changes. `undefined` leaves a field as it is, `null` gives it back to whoever else says something. */
export type OwnChange = {
  readonly title?: string | null | undefined;
  readonly caption?: string | null | undefined;
  readonly altText?: string | null | undefined;
  readonly keywords?:
    | { readonly add?: readonly string[] | undefined; readonly remove?: readonly string[] | undefined }
    | { readonly set: readonly string[] }
    | null
    | undefined;
  /** The whole list: objects that are wrong are left out of it, others are named rightly. */
  readonly objects?: readonly DetectedObject[] | null | undefined;
};

type Mutable = { -readonly [Name in keyof StatementFields]: StatementFields[Name] };

/** What a person says of a photo, after a change of theirs. A text without letters is none. Pure. */
export function changeOwnWords(before: StatementFields, change: OwnChange): StatementFields {
  const after: Mutable = { ...before };
  for (const field of ['title', 'caption', 'altText'] as const) {
    const text = change[field];
    if (text === undefined) continue;
    const trimmed = text === null ? '' : text.trim();
    if (trimmed === '') delete after[field];
    else after[field] = trimmed;
  }
  const { keywords, objects } = change;
  if (objects === null) delete after.objects;
  else if (objects !== undefined) after.objects = [...objects];
  if (keywords === undefined) return after;
  if (keywords === null || 'set' in keywords) {
    delete after.keywords;
    delete after.addedKeywords;
    delete after.removedKeywords;
    if (keywords !== null) after.keywords = distinct(keywords.set);
    return after;
  }
  return changeKeywords(after, keywords.add ?? [], keywords.remove ?? []);
}

/** Of several statements of a person's, made one after the other, the one that says the same. Pure. */
export function joinOwnWords(statements: readonly StatementFields[]): StatementFields {
  return statements.reduce<StatementFields>((before, { addedKeywords, removedKeywords, ...next }) => {
    const texts = Object.fromEntries(
      Object.entries(next).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
    );
    const joined: Mutable = { ...before, ...texts };
    if (next.keywords !== undefined) {
      joined.keywords = distinct(next.keywords);
      delete joined.addedKeywords;
      delete joined.removedKeywords;
    }
    return changeKeywords(joined, addedKeywords ?? [], removedKeywords ?? []);
  }, {});
}

/** In a person's whole list, or beside what others say. What is added and removed at once is added. */
function changeKeywords(
  before: StatementFields,
  add: readonly string[],
  remove: readonly string[],
): StatementFields {
  if (add.length === 0 && remove.length === 0) return before;
  const { addedKeywords = [], removedKeywords = [], ...others } = before;
  if (others.keywords !== undefined) {
    return { ...others, keywords: distinct([...without(others.keywords, remove), ...add]) };
  }
  const added = distinct([...without(addedKeywords, remove), ...add]);
  const removed = distinct([...without(removedKeywords, add), ...without(remove, add)]);
  return {
    ...others,
    ...(added.length > 0 && { addedKeywords: added }),
    ...(removed.length > 0 && { removedKeywords: removed }),
  };
}

function without(keywords: readonly string[], unwanted: readonly string[]): string[] {
  const keys = new Set(unwanted.map(keywordKey));
  return keywords.filter((keyword) => !keys.has(keywordKey(keyword)));
}

/** Each keyword once, as it was first written. */
function distinct(keywords: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const keyword of keywords) {
    const key = keywordKey(keyword);
    if (key !== '' && !byKey.has(key)) byKey.set(key, keyword.trim());
  }
  return [...byKey.values()];
}
