/** The command palette and the list of keys. */
export const palette = {
  title: 'Do or find something',
  hint: 'Type a command, a folder, or words to find photos by',
  nothing: 'Nothing fits this. Fewer letters find more.',
  commands: 'Commands',
  savedSearches: 'Saved searches',
  folders: 'Folders',
  photos: 'Photos',
  search: 'Search',
  searchFor: (words: string) => `Find photos: ${words}`,
  cheatSheet: 'Keys',
  or: 'or',
  open: 'Do or find something…',
  openCheatSheet: 'Show all keys',
};
