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
    }
  | { readonly view: 'runs'; readonly runId: number | null }
  | { readonly view: 'settings'; readonly section: SettingsSection }
  | { readonly view: 'first-start' };

export type ViewName = Route['view'];

export const libraryRoute: Extract<Route, { view: 'library' }> = { view: 'library', query: '', sort: null };

/** @param hash with or without its `#` */
export function parseRoute(hash: string): Route {
  const [path, search = ''] = splitOnce(hash.replace(/^#?\/?/, ''), '?');
  const [view, part] = splitOnce(path, '/');
  const order = orderOf(new URLSearchParams(search));
  switch (view) {
    case 'photo': {
      const assetId = positiveInteger(part);
      return assetId === null ? { view: 'library', ...order } : { view: 'photo', assetId, ...order };
    }
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
    case 'runs':
      return route.runId === null ? '#/runs' : `#/runs/${String(route.runId)}`;
    case 'settings':
      return `#/settings/${route.section}`;
    case 'first-start':
      return '#/first-start';
  }
}

type Order = { readonly query: string; readonly sort: GridSort | null };

function orderOf(parameters: URLSearchParams): Order {
  const sort = parameters.get('sort');
  return { query: parameters.get('q') ?? '', sort: gridSorts.find((known) => known === sort) ?? null };
}

function formatOrder({ query, sort }: Order): string {
  const parameters = new URLSearchParams();
  if (query !== '') parameters.set('q', query);
  if (sort !== null) parameters.set('sort', sort);
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
