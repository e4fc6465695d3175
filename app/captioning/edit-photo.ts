import { isDeepStrictEqual } from 'node:util';
import type { AssetId, RequestId } from '../contract/ids.ts';
import type { ReviewState, StatementFields } from '../contract/models/description.ts';
import { insertDescription } from './description-store.ts';
import { findCurrentDescription, refreshCurrent } from './current-store.ts';
import {
  findExcluded,
  listOwnStatements,
  listReplaced,
  setExcluded,
  setLive,
  type EditChange,
  type OwnStatement,
  type WriteDb,
} from './edit-store.ts';
import { changeOwnWords, joinOwnWords, type OwnChange } from './own-words.ts';
import { contentKeyOf, findReview, setReview, type Review } from './review-store.ts';

/** What a person does to a photo: one change each, with what it takes to take it back. `undefined`: there is nothing to do. */

/**
 * Their words take the place of what they said before, in one statement.
 *
 * @param requestId whose answer they took over
 */
export function changeWords(
  db: WriteDb,
  assetId: AssetId,
  change: OwnChange,
  nowMs: number,
  requestId?: RequestId,
): EditChange | undefined {
  if (findExcluded(db, assetId) === undefined) return undefined;
  const own = listOwnStatements(db, assetId);
  const after = changeOwnWords(joinOwnWords(own.map(({ fields }) => fields)), change);
  return putWords(db, assetId, { own, after, requestId }, nowMs);
}

/**
 * Fields that came from a request's answer are again what they were before it. `undefined` where the person has said
 * something since, which is theirs.
 */
export function takeBackFrom(
  db: WriteDb,
  assetId: AssetId,
  from: { readonly requestId: RequestId; readonly fields: readonly ('caption' | 'keywords')[] },
  nowMs: number,
): EditChange | undefined {
  const isFrom = (statement: OwnStatement): boolean => statement.requestId === from.requestId;
  const own = listOwnStatements(db, assetId);
  if (!own.some(isFrom)) return undefined;
  let earlier: readonly OwnStatement[] = own;
  while (earlier.some(isFrom)) {
    earlier = earlier
      .flatMap((statement) => (isFrom(statement) ? listReplaced(db, assetId, statement.id) : [statement]))
      .toSorted((one, other) => one.id - other.id);
  }
  const [now, before] = [own, earlier].map((statements) =>
    joinOwnWords(statements.map(({ fields }) => fields)),
  );
  const after = { ...now };
  for (const name of from.fields.flatMap((field) => namesOf[field])) {
    delete after[name];
    Object.assign(after, before?.[name] === undefined ? {} : { [name]: before[name] });
  }
  const isAllTaken = isDeepStrictEqual(after, before);
  return putWords(db, assetId, { own, after, requestId: isAllTaken ? undefined : from.requestId }, nowMs);
}

const namesOf = {
  caption: ['caption'],
  keywords: ['keywords', 'addedKeywords', 'removedKeywords'],
} as const;

function putWords(
  db: WriteDb,
  assetId: AssetId,
  words: {
    readonly own: readonly OwnStatement[];
    readonly after: StatementFields;
    readonly requestId: RequestId | undefined;
  },
  nowMs: number,
): EditChange | undefined {
  const { own, after, requestId } = words;
  if (isDeepStrictEqual(joinOwnWords(own.map(({ fields }) => fields)), after)) return undefined;
  const reviewBefore = findReview(db, assetId);
  const retired = own.map(({ id }) => id);
  setLive(db, retired, false);
  const isSilent = Object.keys(after).length === 0;
  const added = isSilent
    ? null
    : insertDescription(
        db,
        { assetId, owner: 'person', fields: after, ...(requestId === undefined ? {} : { requestId }) },
        nowMs,
      );
  if (isSilent) refreshCurrent(db, assetId, nowMs);
  const reviewAfter = isSilent ? null : reviewOf(db, assetId, 'edited');
  putReview(db, assetId, reviewAfter, nowMs);
  return { kind: 'description', added, retired, reviewBefore, reviewAfter };
}

/** Only where there is something to be looked at. */
export function review(
  db: WriteDb,
  assetId: AssetId,
  state: Exclude<ReviewState, 'edited'>,
  nowMs: number,
): EditChange | undefined {
  const current = findCurrentDescription(db, assetId);
  if (current === undefined || current.reviewState === state) return undefined;
  const before = findReview(db, assetId);
  const after = state === 'draft' ? null : reviewOf(db, assetId, state);
  putReview(db, assetId, after, nowMs);
  return { kind: 'review', before, after };
}

export function exclude(db: WriteDb, assetId: AssetId, isExcluded: boolean): EditChange | undefined {
  const before = findExcluded(db, assetId);
  if (before === undefined || before === isExcluded) return undefined;
  setExcluded(db, assetId, isExcluded);
  return { kind: 'exclude', before, after: isExcluded };
}

/** Takes a change back, or makes it again. */
export function replay(
  db: WriteDb,
  assetId: AssetId,
  change: EditChange,
  isForward: boolean,
  nowMs: number,
): void {
  switch (change.kind) {
    case 'description': {
      setLive(db, change.retired, !isForward);
      setLive(db, change.added === null ? [] : [change.added], isForward);
      putReview(db, assetId, isForward ? change.reviewAfter : change.reviewBefore, nowMs);
      return;
    }
    case 'review':
      putReview(db, assetId, isForward ? change.after : change.before, nowMs);
      return;
    case 'exclude':
      setExcluded(db, assetId, isForward ? change.after : change.before);
      return;
  }
}

function reviewOf(db: WriteDb, assetId: AssetId, state: Review['state']): Review | null {
  const current = findCurrentDescription(db, assetId);
  return current === undefined ? null : { state, contentKey: contentKeyOf(current) };
}

function putReview(db: WriteDb, assetId: AssetId, after: Review | null, nowMs: number): void {
  setReview(db, assetId, after);
  refreshCurrent(db, assetId, nowMs);
}
