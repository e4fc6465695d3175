import type { common as english } from '../en/common.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const common: typeof english = {
  appName: 'Cutline',
  cancel: 'Abbrechen',
  close: 'Schließen',
  more: 'Mehr',
  loading: 'Wird geladen',
  retry: 'Noch einmal versuchen',
  dismiss: 'Ausblenden',
  photos: (count) => n(count, { one: '# Foto', other: '# Fotos' }),
  folders: (count) => n(count, { one: '# Ordner', other: '# Ordner' }),
  seconds: (count) => n(count, { one: '# Sekunde', other: '# Sekunden' }),
  notifications: 'Mitteilungen',
  percent: (percent) => `${percent} erledigt`,
  unknownPrice: 'Preis unbekannt',
  free: 'kostenlos',
  upTo: (most) => `höchstens ${most}`,
  atLeast: (least) => `mindestens ${least}`,
};
