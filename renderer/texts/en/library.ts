import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** The library view: grid, timeline, what is done with many photos. */
export const library = {
  title: 'Library',
  allPhotos: 'All photos',
  gridLabel: (photos: string) => `${photos}. Arrow keys move, Space selects, Enter opens.`,
  photoOf: (time: string) => `Photo, ${time}`,
  signs: {
    problem: 'has a problem',
    failed: 'could not be described',
    away: 'not reachable now',
    excluded: 'excluded',
    video: 'video',
    burst: 'one of a burst',
    rating: (stars: number) => n(stars, { one: 'rated # star', other: 'rated # stars' }),
    described: 'described',
    doubtful: 'should be looked at',
  },
  groupOf: (photos: number, isFolded: boolean) =>
    isFolded
      ? `the first of ${String(photos)} that look alike, folded`
      : `the first of ${String(photos)} that look alike`,
  foldGroup: (photos: number) => `Show one of these ${String(photos)} photos that look alike`,
  unfoldGroup: (photos: number) => `Show all ${String(photos)} photos that look alike`,
  foldGroups: 'One photo of each burst and of near-duplicates',
  foldThis: 'Fold or unfold its look-alikes',
  timeline: 'Timeline',
  size: 'Size of the photos',
  sort: 'Order',
  sorts: {
    newest: 'Newest first',
    oldest: 'Oldest first',
    name: 'By name',
    rating: 'By rating',
    relevance: 'Best match',
    described: 'Last described first',
  },
  loading: 'Reading the order of the photos …',
  setUp: 'Set up in three steps',
  noFoldersTitle: 'No photos yet',
  noFolders: 'Add a folder, and its photos appear here. Nothing in it is changed.',
  readingTitle: 'Looking for photos',
  reading: (files: number) =>
    n(files, {
      one: '# file seen so far. Photos appear as they are found.',
      other: '# files seen so far. Photos appear as they are found.',
    }),
  nothingFoundTitle: 'Nothing found',
  nothingFound: (query: string) => `No photo matches “${query}”.`,
  showAll: 'Show all photos',
  allAway:
    'No folder can be reached now. The photos stay in the library and can be looked at and searched; plug in the drive or connect the share to describe them.',
  selected: (count: number) => n(count, { one: '# photo selected', other: '# photos selected' }),
  bulkBar: 'Selected photos',
  tooManyPicked: 'At most 10,000 photos can be picked one by one. Select all, or narrow the search.',
  describe: 'Describe',
  describeSelected: 'Describe …',
  describeAgain: 'Describe again with …',
  ask: 'Ask',
  askSelected: 'Ask …',
  markReviewed: 'Mark as reviewed',
  exclude: 'Exclude',
  include: 'Do not exclude',
  open: 'Open',
  reveal: 'Show in its folder',
  cannotReveal: 'Its file cannot be shown: its folder may be away, or the file gone.',
  selectAll: 'Select all',
  clearSelection: 'Clear the selection',
  larger: 'Larger photos',
  smaller: 'Smaller photos',
  undo: 'Undo',
  reviewed: (photos: number) =>
    n(photos, { one: '# photo marked as reviewed.', other: '# photos marked as reviewed.' }),
  excluded: (photos: number) =>
    n(photos, { one: '# photo is never described.', other: '# photos are never described.' }),
  included: (photos: number) =>
    n(photos, { one: '# photo can be described again.', other: '# photos can be described again.' }),
};
