import { create } from 'zustand';
import type { GridSort } from '../routes.ts';
import { usualSort } from '../library/usual-sort.ts';
import { link } from '../engine/link.ts';
import { currentRoute, goTo } from '../state/route.ts';
import {
  endsInWord,
  goOnFrom,
  isOneLetter,
  shownQuery,
  starred,
  type Draft,
  type ShownQuery,
  type TypedAs,
} from './typed-query.ts';

/** What stands in the search field while a person types. Outside the field, since the grid follows each letter. */
type Typing = {
  readonly draft: Draft | undefined;
  /** The address's query and how a person typed it, where these are not the same. */
  readonly typedAs: TypedAs | undefined;
};

const useDraft = create<Typing>()(() => ({ draft: undefined, typedAs: undefined }));

export function setDraft(draft: Draft | undefined): void {
  useDraft.setState({ draft });
}

/** What a person types while the address has this query. Returns what stands in the field then. */
export function typeDraft(typed: string, query: string): string {
  const { draft, typedAs } = useDraft.getState();
  const isFirst = draft?.of !== query;
  const text = isFirst && typedAs?.query === query ? goOnFrom(typedAs, typed) : typed;
  setDraft({ text, of: query });
  return text;
}

/** What the field shows, and with it the grid; the address's query where nobody types, read as it was typed. */
export function useTyped(query: string): {
  readonly draft: Draft | undefined;
  readonly text: string;
  readonly shown: ShownQuery;
} {
  const draft = useDraft((state) => state.draft);
  const typedAs = useDraft((state) => state.typedAs);
  const mine = draft?.of === query ? draft : undefined;
  const text = mine?.text ?? (typedAs?.query === query ? typedAs.text : query);
  return { draft: mine, text, shown: shownQuery(draft, query) };
}

/** The address follows what is typed, for a reload and the photos that are opened; what is typed stays as it is. */
export function commitDraft(sort: GridSort | null): void {
  const { draft } = useDraft.getState();
  if (draft === undefined || isOneLetter(draft.text)) return;
  const query = draft.text.trim();
  setDraft({ text: draft.text, of: query });
  goTo({ view: 'library', query, sort }, { replace: true });
}

/**
 * The field is left in the middle of a word: what it found so far stays, as `boa*`, where the word alone finds something
 * else. With Enter it stays only where the word alone finds nothing. Never fails: what cannot be asked for stays as it was
 * typed.
 */
export async function settleDraft(sort: GridSort | null, how: 'left' | 'entered'): Promise<void> {
  const { draft } = useDraft.getState();
  if (draft === undefined) return;
  const query = draft.text.trim();
  const settled = endsInWord(draft.text) ? await settledQuery(query, sort ?? usualSort(query), how) : query;
  const now = useDraft.getState().draft;
  if (now?.text !== draft.text) return;
  setDraft(undefined);
  // Who left the field for another place is there by now.
  const route = currentRoute();
  if (route.view !== 'library' || route.query !== now.of) return;
  useDraft.setState({ typedAs: settled === query ? undefined : { query: settled, text: query } });
  goTo({ view: 'library', query: settled, sort }, { replace: true });
}

async function settledQuery(query: string, sort: GridSort, how: 'left' | 'entered'): Promise<string> {
  try {
    const [typed, whole] = await Promise.all([
      link.call('grid.prepare', { query, asYouType: true, sort }),
      link.call('grid.prepare', { query, sort }),
    ]);
    const isEnough = how === 'entered' ? whole.count > 0 : whole.count === typed.count;
    return typed.count === 0 || isEnough ? query : starred(query);
  } catch {
    return query;
  }
}
