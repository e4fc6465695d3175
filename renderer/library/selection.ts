/**
 * Which photos are selected. A million can be: then it is all that the query finds, but some. Ids, not places, so that a
 * selection stays as it is while photos come and go. Values are never changed, only replaced.
 */
export type PhotoSelection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<number> }
  /** All of the grid, without these. */
  | { readonly kind: 'all'; readonly except: ReadonlySet<number> };

export const nothingSelected: PhotoSelection = { kind: 'some', ids: new Set() };
export const everythingSelected: PhotoSelection = { kind: 'all', except: new Set() };

export function isSelected(selection: PhotoSelection, id: number): boolean {
  return selection.kind === 'all' ? !selection.except.has(id) : selection.ids.has(id);
}

/** @param total photos in the grid */
export function countSelected(selection: PhotoSelection, total: number): number {
  return selection.kind === 'all' ? Math.max(0, total - selection.except.size) : selection.ids.size;
}

export function selectOne(id: number): PhotoSelection {
  return { kind: 'some', ids: new Set([id]) };
}

export function toggle(selection: PhotoSelection, id: number): PhotoSelection {
  return including(selection, [id], !isSelected(selection, id));
}

/** Some more, or some less. */
export function including(
  selection: PhotoSelection,
  ids: Iterable<number>,
  shouldBeSelected: boolean,
): PhotoSelection {
  const isAll = selection.kind === 'all';
  const set = new Set(isAll ? selection.except : selection.ids);
  for (const id of ids) {
    if (shouldBeSelected === isAll) set.delete(id);
    else set.add(id);
  }
  return isAll ? { kind: 'all', except: set } : { kind: 'some', ids: set };
}

/** So many photos can be named to the engine one by one (`procedures/shared.ts`). */
const mostNamed = 10_000;

/** Photos as the engine takes them: named, or by what finds them. */
export type NamedPhotos =
  | { readonly assetIds: number[] }
  | { readonly query: string; readonly except?: number[] };

/**
 * How to name a selection to the engine; `undefined` when neither those that are selected nor those that are not are few
 * enough.
 *
 * @param ids of the whole grid, which shows what `query` finds
 */
export function toNamed(
  selection: PhotoSelection,
  query: string,
  ids: Uint32Array | readonly number[],
): NamedPhotos | undefined {
  if (selection.kind === 'all') {
    return selection.except.size <= mostNamed ? { query, except: [...selection.except] } : undefined;
  }
  if (selection.ids.size <= mostNamed) return { assetIds: [...selection.ids] };
  if (ids.length - selection.ids.size > mostNamed) return undefined;
  const except: number[] = [];
  for (const id of ids) if (!selection.ids.has(id)) except.push(id);
  // A photo that the grid does not show any more was selected: naming what is left out would leave it out too.
  return except.length === ids.length - selection.ids.size ? { query, except } : undefined;
}
