import type { firstStart as english } from '../en/first-start.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const firstStart: typeof english = {
  title: 'Einrichten',
  welcome: 'Ihre Fotos, in Worten',
  lead: 'Drei Schritte, und die ersten Bildunterschriften sind da. Ihre Originale werden nie verändert, und nichts wird ausgegeben, bevor Sie gesehen haben, was es kostet.',
  photosTitle: 'Welche Fotos?',
  samples: 'Beispielfotos',
  photosNote:
    'Die Fotos bleiben, wo sie sind. Cutline sieht in die Ordner und merkt sich, was es gefunden hat.',
  describerTitle: 'Wer beschreibt sie?',
  builtIn: 'Niemand: eingebaut',
  builtInNote:
    'Sagt, was die Kamera weiß – Datum, Ort, Kamera, Farben, lesbaren Text. Sofort, auf diesem Rechner, umsonst.',
  localNote:
    'Ein Modell auf Ihrem eigenen Rechner oder in Ihrem Netz. Kostet nichts, und Ihre Fotos bleiben zu Hause.',
  paidNote: 'Ein Dienst, der für jedes Foto bezahlt wird. Sie sehen vorher den Preis.',
  addModel: 'Ein Modell oder ein Dienst …',
  planTitle: 'Was es braucht',
  noPhotosYet: 'Wählen Sie zuerst Fotos: Dann sehen Sie hier, wie viele es sind und was es kostet.',
  stillLooking:
    'Es wird nach Fotos gesucht: Sobald welche gefunden sind, sehen Sie hier, wie viele und was es kostet.',
  allDescribed: 'Hier ist alles beschrieben. Öffnen Sie die Bibliothek, um es anzusehen.',
  stillReading: (files) =>
    n(files, {
      one: '# weitere Datei wird noch gelesen: Sie kommt von selbst in diesen Plan.',
      other: '# weitere Dateien werden noch gelesen: Sie kommen von selbst in diesen Plan.',
    }),
  nothingLeaves: 'Nichts verlässt diesen Rechner.',
  whatLeaves: (connection) =>
    `An ${connection} gehen: jedes Foto, verkleinert und ohne seine Metadaten, und als Text der Name seines Ordners, Datum, Ort und was darin geschrieben steht. Sonst verlässt nichts diesen Rechner.`,
  tryOn: (photos) => n(photos, { one: 'An # Foto versuchen', other: 'An # Fotos versuchen' }),
  start: (photos) => n(photos, { one: '# Foto beschreiben', other: 'Alle # Fotos beschreiben' }),
  arriving: 'Bildunterschriften, wie sie kommen',
  toLibrary: 'Zur Bibliothek',
  toRun: 'Zu diesem Lauf',
};
