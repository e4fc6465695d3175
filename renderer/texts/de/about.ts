import type { about as english } from '../en/about.ts';

export const about: typeof english = {
  what: 'Cutline beschreibt Ihre Fotos mit dem Modell, das Sie gewählt haben, behält alles Gesagte in einer Bibliothek auf diesem Rechner und findet Ihre Fotos mit Worten wieder. Originale verändert es nie.',
  version: 'Ausgabe',
  library: 'Diese Bibliothek liegt in',
  thanks: 'Mit Dank an',
  sources: [
    'GeoNames (geonames.org), für die Namen von Orten, unter CC BY 4.0',
    'ExifTool von Phil Harvey, das liest, was in Fotos geschrieben steht',
    'WordNet der Universität Princeton, für Wörter einer Art',
    'libvips und sharp, SQLite, Electron, React und viele mehr; ihre Lizenzen liegen der App bei',
  ],
};
