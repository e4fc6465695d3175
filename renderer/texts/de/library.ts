import type { library as english } from '../en/library.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const library: typeof english = {
  title: 'Bibliothek',
  allPhotos: 'Alle Fotos',
  gridLabel: (photos) => `${photos}. Pfeiltasten bewegen, Leertaste wählt aus, Eingabe öffnet.`,
  photoOf: (time) => `Foto, ${time}`,
  signs: {
    problem: 'hat ein Problem',
    failed: 'konnte nicht beschrieben werden',
    away: 'gerade nicht erreichbar',
    excluded: 'ausgenommen',
    video: 'Video',
    burst: 'eines einer Serie',
    rating: (stars) => n(stars, { one: 'mit # Stern bewertet', other: 'mit # Sternen bewertet' }),
    described: 'beschrieben',
    doubtful: 'sollte angesehen werden',
  },
  groupOf: (photos, isFolded) =>
    isFolded
      ? `das erste von ${String(photos)}, die sich gleichen, eingeklappt`
      : `das erste von ${String(photos)}, die sich gleichen`,
  foldGroup: (photos) => `Eines von diesen ${String(photos)} gleichen Fotos zeigen`,
  unfoldGroup: (photos) => `Alle ${String(photos)} Fotos zeigen, die sich gleichen`,
  foldGroups: 'Von Serien und Beinahe-Doppeln je ein Foto',
  foldThis: 'Gleiche Fotos ein- oder ausklappen',
  timeline: 'Zeitleiste',
  size: 'Größe der Fotos',
  sort: 'Reihenfolge',
  sorts: {
    newest: 'Neueste zuerst',
    oldest: 'Älteste zuerst',
    name: 'Nach Name',
    rating: 'Nach Bewertung',
    relevance: 'Beste Treffer',
    described: 'Zuletzt beschriebene zuerst',
  },
  loading: 'Die Reihenfolge der Fotos wird gelesen …',
  setUp: 'In drei Schritten einrichten',
  noFoldersTitle: 'Noch keine Fotos',
  noFolders: 'Fügen Sie einen Ordner hinzu, und seine Fotos erscheinen hier. Darin wird nichts verändert.',
  readingTitle: 'Fotos werden gesucht',
  reading: (files) =>
    n(files, {
      one: '# Datei bisher gesehen. Fotos erscheinen, sobald sie gefunden sind.',
      other: '# Dateien bisher gesehen. Fotos erscheinen, sobald sie gefunden sind.',
    }),
  nothingFoundTitle: 'Nichts gefunden',
  nothingFound: (query) => `Kein Foto passt zu „${query}“.`,
  showAll: 'Alle Fotos zeigen',
  allAway:
    'Kein Ordner ist gerade erreichbar. Die Fotos bleiben in der Bibliothek und können angesehen und durchsucht werden; schließen Sie das Laufwerk an oder verbinden Sie die Freigabe, um sie zu beschreiben.',
  selected: (count) => n(count, { one: '# Foto ausgewählt', other: '# Fotos ausgewählt' }),
  bulkBar: 'Ausgewählte Fotos',
  tooManyPicked:
    'Einzeln lassen sich höchstens 10.000 Fotos auswählen. Wählen Sie alle aus oder grenzen Sie die Suche ein.',
  describe: 'Beschreiben',
  describeSelected: 'Beschreiben …',
  describeAgain: 'Noch einmal beschreiben mit …',
  ask: 'Fragen',
  askSelected: 'Fragen …',
  markReviewed: 'Als geprüft markieren',
  exclude: 'Ausnehmen',
  include: 'Nicht mehr ausnehmen',
  open: 'Öffnen',
  reveal: 'In seinem Ordner zeigen',
  cannotReveal:
    'Die Datei kann nicht gezeigt werden: Ihr Ordner ist vielleicht nicht angeschlossen, oder sie ist weg.',
  selectAll: 'Alle auswählen',
  clearSelection: 'Auswahl aufheben',
  larger: 'Größere Fotos',
  smaller: 'Kleinere Fotos',
  undo: 'Rückgängig',
  reviewed: (photos) =>
    n(photos, { one: '# Foto als geprüft markiert.', other: '# Fotos als geprüft markiert.' }),
  excluded: (photos) =>
    n(photos, { one: '# Foto wird nie beschrieben.', other: '# Fotos werden nie beschrieben.' }),
  included: (photos) =>
    n(photos, {
      one: '# Foto kann wieder beschrieben werden.',
      other: '# Fotos können wieder beschrieben werden.',
    }),
};
