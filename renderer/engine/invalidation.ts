import type { EventName, Events } from '../../app/contract/events.ts';
import type { ProcedureName } from '../../app/contract/procedures.ts';

/** Answers that are old: all of a procedure's, or those that an input is named for. */
export type Outdated = {
  readonly procedure: ProcedureName;
  /** @default every input */
  readonly when?: (input: Readonly<Record<string, unknown>>) => boolean;
};

const all = (...procedures: ProcedureName[]): Outdated[] => procedures.map((procedure) => ({ procedure }));

/** What is counted or ordered over the whole library. */
const totals = all(
  'library.status',
  'library.summary',
  'search.query',
  'search.explain',
  'grid.prepare',
  'facet.list',
  'facet.folders',
  'facet.months',
  'description.plan',
  'root.summary',
);

/**
 * Which answers an event makes old. An event without a line here does not compile. Pure; `query-client.ts` asks again for
 * what is shown and forgets the rest.
 */
const outdated: { readonly [Name in EventName]: (data: Events[Name]) => readonly Outdated[] } = {
  'root.scanning': () => all('library.summary', 'root.summary'),
  'root.changed': () =>
    all(
      'library.status',
      'library.summary',
      'root.list',
      'root.summary',
      'facet.folders',
      'folder.listNotes',
      'folder.listPrivacies',
      'folder.getNotes',
      'description.plan',
    ),
  'root.unwatched': () => all('library.status'),
  'asset.changed': ({ assetIds }) => [
    {
      procedure: 'asset.get',
      when: ({ id }) => assetIds.length === 0 || assetIds.some((assetId) => assetId === id),
    },
    {
      procedure: 'asset.list',
      when: ({ assetIds: listed }) =>
        assetIds.length === 0 ||
        (Array.isArray(listed) && assetIds.some((assetId) => listed.includes(assetId))),
    },
  ],
  'asset.described': ({ assetId }) => [
    ...all('library.summary'),
    { procedure: 'asset.get', when: ({ id }) => id === assetId },
    { procedure: 'asset.sent', when: ({ id }) => id === assetId },
    {
      procedure: 'asset.list',
      when: ({ assetIds }) => Array.isArray(assetIds) && assetIds.includes(assetId),
    },
  ],
  // What is read of a photo while it is shown comes with what the grid shows of it.
  'grid.changed': () => [...totals, ...all('asset.get')],
  'rendition.made': () => [],
  'rendition.failed': () => [],
  'edit.changed': () => all('edit.list', 'keyword.complete'),
  'savedSearch.changed': () => all('savedSearch.list'),
  'setting.changed': () => all('setting.get', 'library.summary', 'description.plan'),
  'prompt.changed': () => all('prompt.list'),
  'run.changed': ({ runId }) => [
    ...all('run.list', 'usage.get', 'usage.total', 'library.summary'),
    { procedure: 'run.get', when: ({ id }) => id === runId },
  ],
  'thread.changed': ({ threadId }) => [
    ...all('thread.list', 'asset.sent', 'usage.get', 'usage.total', 'library.summary'),
    { procedure: 'thread.get', when: ({ id }) => id === threadId },
  ],
  'connection.changed': () =>
    all('connection.list', 'secret.state', 'description.plan', 'library.status', 'library.summary'),
  'videoIndex.changed': () => all('videoIndex.additions'),
  'queue.changed': () => all('queue.list', 'lane.list', 'library.summary'),
  'engine.failed': () => [],
};

export function outdatedBy<Name extends EventName>(name: Name, data: Events[Name]): readonly Outdated[] {
  return outdated[name](data);
}
