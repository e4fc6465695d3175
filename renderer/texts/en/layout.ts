import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** The frame around the views. */
export const layout = {
  skipToContent: 'Skip to the photos',
  navigation: 'Library',
  inspector: 'Inspector',
  status: 'Status',
  showSidebar: 'Show the sidebar',
  hideSidebar: 'Hide the sidebar',
  statusPhotos: (photos: string, described: number) =>
    `${photos} · ${n(described, { one: '# described', other: '# described' })}`,
};
