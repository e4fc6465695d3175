import type { sidebar as english } from '../en/sidebar.ts';

export const sidebar: typeof english = {
  library: 'Bibliothek',
  all: 'Alle Fotos',
  problems: 'Probleme',
  folders: 'Ordner',
  offline: 'offline',
};
