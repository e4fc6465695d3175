/** Things that can be seen in a photo, and where. */
export const objects = {
  title: 'Objects',
  show: 'Objects in the photo',
  name: (label: string, confidence: number | undefined) =>
    confidence === undefined ? label : `${label} · ${String(Math.round(confidence * 100))} %`,
  noPlace: 'somewhere',
  menuOf: (label: string) => `What to do with “${label}”`,
  search: 'Find others like it',
  ask: 'Ask about it',
  rename: 'Give it another name',
  remove: 'It is not there',
  newName: (label: string) => `Another name for “${label}”`,
  saveName: 'Rename',
  nameLabel: 'Name',
  renamed: (label: string) => `Now “${label}”. It is yours now: no model replaces it.`,
  removed: (label: string) => `“${label}” is taken out. No model puts it back.`,
};
