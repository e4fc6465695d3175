import type { describe as english } from '../en/describe.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const describe: typeof english = {
  title: 'Fotos beschreiben',
  againTitle: 'Fotos noch einmal beschreiben',
  who: 'Beschrieben von',
  builtIn: 'Eingebaut: nur Fakten, kein Modell',
  detail: 'Genauigkeit',
  details: { auto: 'Automatisch, je Foto', low: 'Niedrig', high: 'Hoch' },
  prompt: 'Anweisung',
  which: 'Welche davon',
  whiches: {
    new: 'Die damit noch nicht beschriebenen',
    outdated: 'Auch die mit älterer Anweisung oder älterem Modell',
    all: 'Alle, noch einmal',
  },
  when: 'Wann',
  whens: { now: 'Sofort', overnight: 'Über Nacht, zum halben Preis' },
  otherWay: (isBatch: boolean, cost: string) =>
    isBatch
      ? `Über Nacht: etwa ${cost}`
      : `Sofort: etwa ${cost}. Über Nacht braucht der Dienst bis zu einem Tag.`,
  startedOvernight: (photos: number) =>
    n(photos, { one: '# Foto geht über Nacht zum Dienst.', other: '# Fotos gehen über Nacht zum Dienst.' }),
  apart: 'Über Nacht ist jedes Foto eine eigene Anfrage: Serien gehen dann nicht zusammen.',
  bursts: 'Serien und fast gleiche',
  burstsAre: { alone: 'Jedes Foto für sich', together: 'Zusammen in einer Anfrage' },
  together: (photos, requests, saved) => {
    const what = `${n(photos, { one: '# Foto', other: '# Fotos' })} zusammen in ${n(requests, { one: '# Anfrage', other: '# Anfragen' })}`;
    return saved === undefined ? what : `${what}, spart etwa ${saved}`;
  },
  noBursts: 'noch keine Serien darunter bekannt; was sich beim Arbeiten zeigt, geht zusammen',
  pictures: 'Bilder aus dem Netz',
  picturesAre: { sent: 'Gesendet wie alle anderen', address: 'Über ihre Adresse' },
  addressHint:
    'Der Dienst holt das Original mit allen Metadaten, wo das gleich viel kostet; andere Bilder werden gesendet.',
  photos: 'Fotos',
  requests: 'Anfragen',
  tokens: 'Token',
  transactions: 'Transaktionen',
  copies: (copies) => n(copies, { one: '# Kopie', other: '# Kopien' }),
  ofWhichCopies: (copies) =>
    n(copies, { one: 'davon # die Kopie eines anderen', other: 'davon # Kopien von anderen' }),
  copiesNote: (copies) =>
    n(copies, {
      one: '# weiteres ist dasselbe Bild wie ein anderes und sagt dasselbe',
      other: '# weitere sind dieselben Bilder wie andere und sagen dasselbe',
    }),
  ofWhich: (imageTokens) => n(imageTokens, { one: 'davon # für das Bild', other: 'davon # für Bilder' }),
  countedFromAbove:
    'wie dieses Modell Bilder zählt, ist nicht bekannt; die meisten brauchen höchstens die Hälfte',
  time: 'Dauer',
  timeAbout: (duration) => `etwa ${duration}`,
  timeNote: 'so schnell, wie es zuletzt geantwortet hat',
  cost: 'Geschätzte Kosten',
  budget: 'Budget in US-Dollar',
  budgetHint: 'Hält an, bevor es überschritten ist. Leer lassen für keine eigene Grenze.',
  budgetWrong: 'Kein Betrag. Schreiben Sie ihn wie 2,50.',
  planning: 'Es wird ausgerechnet, was gesendet würde …',
  nothingToDo:
    'Es gibt nichts zu senden: Diese Fotos sind damit schon beschrieben, ausgenommen oder nicht lesbar. Um sie noch einmal beschreiben zu lassen, wählen Sie „Alle, noch einmal“.',
  agree: (photos, cost) => {
    const what = n(photos, { one: '# Foto beschreiben', other: '# Fotos beschreiben' });
    return cost === undefined ? what : `${what} für etwa ${cost}`;
  },
  started: (photos) => n(photos, { one: '# Foto wird beschrieben.', other: '# Fotos werden beschrieben.' }),
};
