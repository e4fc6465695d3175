import type { palette as english } from '../en/palette.ts';

export const palette: typeof english = {
  title: 'Etwas tun oder finden',
  hint: 'Ein Befehl, ein Ordner, oder Wörter, die Fotos finden',
  nothing: 'Dazu passt nichts. Weniger Buchstaben finden mehr.',
  commands: 'Befehle',
  savedSearches: 'Gespeicherte Suchen',
  folders: 'Ordner',
  photos: 'Fotos',
  search: 'Suche',
  searchFor: (words) => `Fotos finden: ${words}`,
  cheatSheet: 'Tasten',
  or: 'oder',
  open: 'Etwas tun oder finden …',
  openCheatSheet: 'Alle Tasten zeigen',
};
