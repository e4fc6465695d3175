/** The sidebar. */
export const sidebar = {
  library: 'Library',
  all: 'All photos',
  described: 'Described',
  undescribed: 'Not described',
  review: 'Needs review',
  problems: 'Problems',
  folders: 'Folders',
  keywords: 'Keywords',
  places: 'Places',
  cameras: 'Cameras',
  searches: 'Saved searches',
  offline: 'offline',
  scanning: (files: string) => `${files} …`,
  unfold: (name: string) => `Show what is in ${name}`,
  fold: (name: string) => `Hide what is in ${name}`,
  showMore: 'Show more',
};
