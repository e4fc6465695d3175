import type { ask as english } from '../en/ask.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const ask: typeof english = {
  question: (photos) => n(photos, { one: 'Frage zu diesem Foto', other: 'Frage zu diesen # Fotos' }),
  aboutPhotos: (photos) => n(photos, { one: 'Nach # Foto fragen', other: 'Nach # Fotos fragen' }),
  close: 'Fragen schließen',
  goOn: 'Weiter fragen',
  newThread: 'Etwas Neues fragen',
  example: 'Was steht auf dem Schild?',
  exampleOfMany: 'Welches davon ist am schärfsten?',
  who: 'Es antwortet',
  picturesAre: { sent: 'Das Bild wird gesendet', address: 'Seine Adresse wird genannt' },
  mark: 'Nach einem Teil fragen',
  markAgain: 'Anderen Teil markieren',
  whole: 'Das ganze Foto',
  regionSize: (width, height) => `${String(width)} × ${String(height)} Pixel`,
  regionLabel: (size) =>
    `Teil des Fotos, ${size}. Pfeiltasten bewegen ihn, mit Umschalt ändern sie die Größe.`,
  regionKeys: 'Pfeiltasten bewegen ihn, mit Umschalt ändern sie die Größe',
  plan: (imageTokens, cost) =>
    n(imageTokens, { one: `# Token für Bilder, ${cost}`, other: `# Token für Bilder, ${cost}` }),
  ask: 'Fragen',
  askFor: (cost) => `Fragen für etwa ${cost}`,
  stop: 'Anhalten',
  answer: 'Antwort',
  asking: 'Wird gefragt …',
  waiting: (time) => `Der Dienst will bis ${time} in Ruhe gelassen werden; danach geht es von selbst weiter.`,
  threads: 'Schon gefragt',
  threadsOfPart: (part) => `Schon gefragt: Teil ${String(part)}`,
  photos: 'Fotos der Frage',
  photo: (number) => `Foto ${String(number)}`,
  part: (part) => `Teil ${String(part)}`,
  inParts: (parts) =>
    `Mehr Fotos, als das Modell auf einmal nimmt: Gefragt wird in ${String(parts)} Teilen, jeder für sich beantwortet.`,
  removeThread: 'Dieses Gespräch entfernen',
  partial: 'Angehalten oder abgebrochen; so weit war es gekommen.',
  exampleOfVideo: 'Wann springt der Hund ins Wasser?',
  thisMoment: 'Nach diesem Moment fragen',
  wholeVideo: 'Das ganze Video',
  momentIs: (from, to) => `zu ${from} bis ${to}`,
  playFrom: (time) => `Ab ${time} abspielen`,
  aPart: 'zu einem Teil',
  useAsCaption: 'Als Beschreibung verwenden',
  addAsKeywords: 'Als Stichwörter hinzufügen',
  usedAsCaption: 'Es ist jetzt die Beschreibung, und Ihre eigene.',
  usedAsKeywords: (keywords) => `Zu den Stichwörtern hinzugefügt: ${keywords}.`,
  cannotTitle: 'Noch kann niemand antworten',
  cannot:
    'Der eingebaute Beschreiber kennt Fakten und keine Antworten. Fragen brauchen eine Verbindung zu einem Modell.',
  toConnections: 'Eine Verbindung einrichten',
};
