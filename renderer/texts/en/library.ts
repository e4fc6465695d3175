/** The library view. */
export const library = {
  title: 'Library',
  noFoldersTitle: 'No photos yet',
  noFolders: 'Add a folder, and its photos appear here. Nothing in it is changed.',
  nothingFoundTitle: 'Nothing found',
  nothingFound: (query: string) => `No photo matches “${query}”.`,
  showAll: 'Show all photos',
};
