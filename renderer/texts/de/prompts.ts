import type { prompts as english } from '../en/prompts.ts';

export const prompts: typeof english = {
  prompt: 'Anweisung',
  presets: {
    general: {
      label: 'Allgemein',
      about: 'Bildunterschrift, Alternativtext und einige Stichwörter, um Fotos wiederzufinden.',
    },
    stock: {
      label: 'Bildagentur',
      about: 'Ein Titel und etwa 30 Stichwörter, jedes ein einzelner Begriff, wie Agenturen sie wollen.',
    },
    archive: {
      label: 'Archiv',
      about: 'Sachlich: wer, was, wo und wann, nach dem, was bekannt ist; nichts wird gedeutet.',
    },
    'alt-text': {
      label: 'Alternativtext',
      about: 'Nur, was jemand braucht, der das Foto nicht sieht, in höchstens 125 Zeichen.',
    },
  },
  ownAbout: 'Eine eigene Anweisung.',
  add: 'Neue Anweisung …',
  addTitle: 'Eine eigene Anweisung',
  fromFile: 'Aus einer Datei …',
  edit: 'Ändern …',
  editTitle: (name) => `Die Anweisung „${name}“ ändern`,
  save: 'Speichern',
  remove: 'Herausnehmen …',
  removeTitle: (name) => `Die Anweisung „${name}“ herausnehmen?`,
  removeIt: 'Herausnehmen',
  removeText: 'Was mit ihr beschrieben wurde, bleibt, und auch, was damals gefragt wurde.',
  name: 'Bezeichnung',
  nameTaken: 'Eine Anweisung dieses Namens gibt es schon.',
  instructions: 'In Ihren Worten',
  instructionsHint:
    'Was Ihnen wichtig ist und was wegbleiben soll, neben Cutlines eigenen Worten. Es geht mit jedem Foto mit, also kostet jedes Wort.',
  style: 'Stil',
  styleHint: 'Etwa: warm, für ein Familienalbum.',
  languageIs: (language) =>
    `${language}. Ein Kürzel wie en, de, fr oder pt-BR. Auch Stichwörter werden darin geschrieben.`,
  noLanguage: 'Das ist kein Kürzel einer Sprache. Schreiben Sie es wie en, de, fr oder pt-BR.',
  keywordCount: 'Wie viele Stichwörter',
  keywordCountHint: (usual) => `Etwa 15 oder 5–15. Leer: wie die Anweisung es sagt, ${usual}.`,
  noCount: 'Geben Sie eine Zahl bis 100 ein, oder zwei wie 5–15.',
  keywordForm: 'Form der Stichwörter',
  keywordForms: { phrases: 'Wörter und kurze Wendungen', words: 'nur einzelne Wörter' },
  vocabulary: 'Stichwörter, die Sie bevorzugen',
  vocabularyHint:
    'Zwischen Kommas, so wie Sie sie schreiben; ein Modell nimmt sie vor anderen Wörtern für dasselbe. Die Sie am meisten verwenden, kommen von selbst dazu.',
  vocabularyTooLong: 'Bis zu 40 Stichwörter mit je 64 Zeichen: Sie gehen mit jedem Foto mit.',
  preview: 'Was genau mit jedem Foto gesendet wird',
  previewNote: (version) =>
    `Diese Worte, Fassung ${version}, dann was von dem Foto bekannt ist (Ordner, Datum, Ort, Ihre Notizen), dann das Bild ohne seine Metadaten.`,
};
