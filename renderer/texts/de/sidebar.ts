import type { sidebar as english } from '../en/sidebar.ts';

export const sidebar: typeof english = {
  library: 'Bibliothek',
  all: 'Alle Fotos',
  described: 'Beschrieben',
  recent: 'Zuletzt beschrieben',
  undescribed: 'Nicht beschrieben',
  review: 'Zu prüfen',
  doubtful: 'Vielleicht falsch',
  failed: 'Misslungen',
  folders: 'Ordner',
  keywords: 'Stichwörter',
  places: 'Orte',
  cameras: 'Kameras',
  searches: 'Gespeicherte Suchen',
  offline: 'offline',
  scanning: (files) => `${files}  …`,
  unfold: (name) => `Inhalt von ${name} zeigen`,
  fold: (name) => `Inhalt von ${name} verbergen`,
  showMore: 'Mehr zeigen',
};
