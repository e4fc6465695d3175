/** The sidebar. */
export const sidebar = {
  library: 'Library',
  all: 'All photos',
  problems: 'Problems',
  folders: 'Folders',
  offline: 'offline',
};
