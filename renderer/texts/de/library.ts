import type { library as english } from '../en/library.ts';

export const library: typeof english = {
  title: 'Bibliothek',
  noFoldersTitle: 'Noch keine Fotos',
  noFolders: 'Fügen Sie einen Ordner hinzu, und seine Fotos erscheinen hier. Darin wird nichts verändert.',
  nothingFoundTitle: 'Nichts gefunden',
  nothingFound: (query) => `Kein Foto passt zu „${query}“.`,
  showAll: 'Alle Fotos zeigen',
};
