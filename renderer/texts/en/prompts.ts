/** What models are asked: presets, prompts of one's own, keywords. */
export const prompts = {
  prompt: 'Prompt',
  presets: {
    general: {
      label: 'General',
      about: 'Caption, alt text and a few keywords, for finding photos again.',
    },
    stock: {
      label: 'Stock',
      about: 'A title and about 30 keywords, each a single concept, as picture agencies want them.',
    },
    archive: {
      label: 'Archive',
      about: 'Sober: who, what, where and when, from what is known; nothing is interpreted.',
    },
    'alt-text': {
      label: 'Alt text',
      about: 'Only what a person needs who cannot see the photo, in at most 125 characters.',
    },
  },
  ownAbout: 'A prompt of your own.',
  add: 'New prompt…',
  addTitle: 'A prompt of your own',
  fromFile: 'From a file…',
  edit: 'Change it…',
  editTitle: (name: string) => `Change the prompt “${name}”`,
  save: 'Save',
  remove: 'Take it out…',
  removeTitle: (name: string) => `Take the prompt “${name}” out?`,
  removeIt: 'Take it out',
  removeText: 'What was described with it stays, and so does what was asked then.',
  name: 'Name',
  nameTaken: 'There is a prompt of this name already.',
  instructions: 'Instructions',
  instructionsHint:
    'In plain words, beside Cutline’s own: what matters to you, what to leave out. They are sent with every photo, so each word costs.',
  style: 'Style',
  styleHint: 'Such as: warm, for a family album.',
  languageIs: (language: string) =>
    `${language}. A code such as en, de, fr or pt-BR. Keywords are written in it, too.`,
  noLanguage: 'This is no code of a language. Write it like en, de, fr or pt-BR.',
  keywordCount: 'How many keywords',
  keywordCountHint: (usual: string) => `Such as 15 or 5–15. Left empty: as the prompt says, ${usual}.`,
  noCount: 'Enter a number up to 100, or two such as 5–15.',
  keywordForm: 'Form of keywords',
  keywordForms: { phrases: 'words and short phrases', words: 'single words only' },
  vocabulary: 'Keywords that you prefer',
  vocabularyHint:
    'Between commas, as you write them; a model takes them before other words for the same thing. Those that you use most come by themselves.',
  vocabularyTooLong: 'Up to 40 keywords of 64 characters each: they are sent with every photo.',
  preview: 'What exactly is sent with each photo',
  previewNote: (version: string) =>
    `These words, version ${version}, then what is known of the photo (folder, date, place, your notes), then the picture without its metadata.`,
};
