import type { objects as english } from '../en/objects.ts';

export const objects: typeof english = {
  title: 'Dinge im Bild',
  show: 'Dinge im Bild zeigen',
  name: (label, confidence) =>
    confidence === undefined ? label : `${label} · ${String(Math.round(confidence * 100))} %`,
  noPlace: 'irgendwo',
  menuOf: (label) => `Was mit „${label}“ geschehen soll`,
  search: 'Andere finden',
  ask: 'Danach fragen',
  rename: 'Anders nennen',
  remove: 'Ist nicht da',
  newName: (label) => `Anderer Name für „${label}“`,
  saveName: 'Umbenennen',
  nameLabel: 'Name',
  renamed: (label) => `Jetzt „${label}“. Das ist nun Ihres: Kein Modell ersetzt es.`,
  removed: (label) => `„${label}“ ist heraus. Kein Modell setzt es wieder ein.`,
};
