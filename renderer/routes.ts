/**
 * Where in the window a person is: kept in the address (`#/library?q=dog`), so that a reload, a bookmark and the back key
 * do what they say. Parsing never fails: an address that nobody knows is the library.
 */

export const gridSorts = ['newest', 'oldest', 'name', 'rating', 'relevance', 'described'] as const;
export type GridSort = (typeof gridSorts)[number];

export const settingsSections = [
  'connections',
  'folders',
  'prompts',
  'usage',
  'upkeep',
  'appearance',
  'about',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** `query` and `sort` are the order that a photo was opened from: previous and next follow it. `sort` `null` = the usual one. */
export type Route =
  | { readonly view: 'library'; readonly query: string; readonly sort: GridSort | null }
  | {
      readonly view: 'photo';
      readonly assetId: number;
      readonly query: string;
      readonly sort: GridSort | null;
      /** Where a video is to be looked at. @default at its beginning, or where the query is */
      readonly atMs?: number;
    }
  | { readonly view: 'runs'; readonly runId: number | null }
  /** `connectionId` `null` = the first one of its kind; `index` `null` = the first one there. */
  | { readonly view: 'video-index'; readonly connectionId: number | null; readonly index: string | null }
  | { readonly view: 'settings'; readonly section: SettingsSection }
  | { readonly view: 'first-start' };

export type ViewName = Route['view'];

export const libraryRoute: Extract<Route, { view: 'library' }> = { view: 'library', query: '', sort: null };

/** @param hash with or without its `#` */
export function parseRoute(hash: string): Route {
  const [path, search = ''] = splitOnce(hash.replace(/^#?\/?/, ''), '?');
  const [view, part] = splitOnce(path, '/');
  const parameters = new URLSearchParams(search);
  const order = orderOf(parameters);
  switch (view) {
    case 'photo': {
      const assetId = positiveInteger(part);
      if (assetId === null) return { view: 'library', ...order };
      const atMs = positiveInteger(parameters.get('at') ?? undefined);
      return { view: 'photo', assetId, ...order, ...(atMs === null ? {} : { atMs }) };
    }
    case 'videos':
      return {
        view: 'video-index',
        connectionId: positiveInteger(part),
        index: parameters.get('index'),
      };
    case 'runs':
      return { view: 'runs', runId: positiveInteger(part) };
    case 'settings':
      return {
        view: 'settings',
        section: settingsSections.find((section) => section === part) ?? 'connections',
      };
    case 'first-start':
      return { view: 'first-start' };
    default:
      return { view: 'library', ...order };
  }
}

/** The hash of a route, with its `#`; `parseRoute` gives the same route back. */
export function formatRoute(route: Route): string {
  switch (route.view) {
    case 'library':
      return `#/library${formatOrder(route)}`;
    case 'photo':
      return `#/photo/${String(route.assetId)}${formatOrder(route)}`;
    case 'video-index': {
      const place = route.connectionId === null ? '' : `/${String(route.connectionId)}`;
      const chosen = route.index === null ? '' : `?${new URLSearchParams({ index: route.index }).toString()}`;
      return `#/videos${place}${chosen}`;
    }
    case 'runs':
      return route.runId === null ? '#/runs' : `#/runs/${String(route.runId)}`;
    case 'settings':
      return `#/settings/${route.section}`;
    case 'first-start':
      return '#/first-start';
  }
}

type Order = { readonly query: string; readonly sort: GridSort | null; readonly atMs?: number };

function orderOf(parameters: URLSearchParams): Order {
  const sort = parameters.get('sort');
  return { query: parameters.get('q') ?? '', sort: gridSorts.find((known) => known === sort) ?? null };
}

function formatOrder({ query, sort, atMs = 0 }: Order): string {
  const parameters = new URLSearchParams();
  if (query !== '') parameters.set('q', query);
  if (sort !== null) parameters.set('sort', sort);
  if (atMs > 0) parameters.set('at', String(atMs));
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}

function positiveInteger(text: string | undefined): number | null {
  const number = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return number > 0 ? number : null;
}
