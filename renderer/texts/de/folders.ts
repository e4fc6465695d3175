import type { folders as english } from '../en/folders.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const folders: typeof english = {
  add: 'Ordner hinzufügen …',
  addTitle: 'Wählen Sie einen Ordner mit Fotos',
  added: (path) => `${path} wurde hinzugefügt.`,
  fetching: (pictures) =>
    n(pictures, {
      one: '# Bild wird von seiner Adresse geholt …',
      other: '# Bilder werden von ihren Adressen geholt …',
    }),
  fetched: (pictures) =>
    n(pictures, {
      one: '# Bild wurde geholt und ist in der Bibliothek.',
      other: '# Bilder wurden geholt und sind in der Bibliothek.',
    }),
  fetchedFrom: 'Geholt von',
  fetchTitle: 'Bilder über ihre Adresse …',
  fetchDialog: 'Bilder über ihre Adresse',
  fetchLabel: 'Adressen von Bildern',
  fetchHint:
    'Eine in jeder Zeile. Sie werden in einen eigenen Ordner geholt und sind dann Fotos wie alle anderen. Eine Adresse, die irgendwo im Fenster eingefügt oder abgelegt wird, tut dasselbe.',
  fetchWrong: 'Hier können nur Adressen stehen, eine in jeder Zeile. Jede beginnt mit https:// oder http://.',
  fetch: (pictures) =>
    pictures === 0 ? 'Holen' : n(pictures, { one: '# Bild holen', other: '# Bilder holen' }),
  dropHere: 'Ordner hier ablegen, um sie in die Bibliothek aufzunehmen',
  dropInBrowser:
    'Ein Browser sagt nicht, wo ein Ordner liegt. Wählen Sie ihn stattdessen unter „Ordner hinzufügen …“.',
  dropNoFolder: 'Nur Ordner können hinzugefügt werden. Legen Sie den Ordner ab, in dem die Fotos sind.',
  chooseThis: 'Diesen Ordner wählen',
  places: 'Orte',
  inside: 'Ordner darin',
  up: 'Zum Ordner darüber',
  noneInside: 'Darin sind keine Ordner. Wählen Sie ihn, wenn Ihre Fotos hier sind.',
  cut: 'Es gibt mehr Ordner, als hier gezeigt werden.',
  scan: 'Neu nachsehen',
  relink: 'Er ist umgezogen …',
  relinkTitle: 'Wo ist dieser Ordner jetzt?',
  remove: 'Entfernen …',
  removeTitle: 'Diesen Ordner aus der Bibliothek nehmen?',
  removeText:
    'Die Fotos selbst werden nicht angefasst. Was über sie gesagt wurde – Beschreibungen, Stichwörter, Antworten, auch Ihre eigenen –, verlässt mit ihnen die Bibliothek. Was sie gekostet haben, bleibt in der Liste der Anfragen.',
  removePhotos: (photos) => n(photos, { one: '# Foto herausnehmen', other: '# Fotos herausnehmen' }),
  removed: (photos) => n(photos, { one: '# Foto herausgenommen', other: '# Fotos herausgenommen' }),
  offline: 'nicht angeschlossen; nichts davon geht verloren',
  described: (photos) => n(photos, { one: '# beschrieben', other: '# beschrieben' }),
  problems: (photos) => n(photos, { one: '# mit einem Problem', other: '# mit Problemen' }),
  missing: (photos) => n(photos, { one: '# fehlt', other: '# fehlen' }),
  privacy: 'Wohin seine Fotos dürfen',
  privacies: {
    'may-be-sent': 'Zu jeder Verbindung',
    'local-only': 'Nur auf diesem Rechner und in seinem Netz',
    'built-in-only': 'Nirgendwohin',
  },
  privacyHints: {
    'may-be-sent': 'Ohne Metadaten gesendet, und nur, wenn Sie oder seine Regel es verlangen.',
    'local-only': 'Ein Dienst in der Cloud bekommt nie eines davon, was auch immer verlangt wird.',
    'built-in-only': 'Kein Modell bekommt sie zu sehen.',
  },
  privacyOf: (path) => `Wohin Fotos aus ${path} dürfen`,
  privacyElsewhere: 'Für einen Ordner darin anders entscheiden',
  rule: 'Fotos, die dazukommen',
  ruleHint: 'Was von selbst geschieht, wenn hier neue Fotos gefunden werden.',
  onlyIndex: 'Nur auflisten',
  describeWith: (connection) => `Mit ${connection} beschreiben`,
  ruleBudget: 'Höchstens, in US-Dollar im Monat',
  saveRule: 'Diese Regel setzen',
  more: 'Ordner darin, Notizen und was ausgelassen wird',
  note: 'Notiz zu diesem Ordner',
  noteHint:
    'Was keine Kamera weiß, etwa der Anlass: „Hochzeit von Anna und Ben in Siena“. Wer die Fotos beschreibt, erfährt es.',
  noteOn: (path) => `Notiz zu ${path}`,
  noteBelowHint: 'Gilt neben den Notizen zu den Ordnern darum herum. Leeren Sie sie, um sie wegzunehmen.',
  noteElsewhere: 'Eine Notiz zu einem Ordner darin schreiben',
  noteElsewhereExample: 'Geben Sie einen Teil seines Namens ein',
  ignore: 'Auslassen',
  ignoreHint:
    'Ein Muster je Zeile, wie in .gitignore: „*.tmp“, „/exports/“, „**/rejects“. Ordner anderer Programme bleiben ohnehin außen vor.',
};
