import type { status as english } from '../en/status.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const status: typeof english = {
  pause: 'Beschreiben anhalten',
  resume: 'Weiter beschreiben',
  describing: (photos) => n(photos, { one: 'Beschreibt: noch # Foto', other: 'Beschreibt: noch # Fotos' }),
  perMinute: (photos) => `${photos} je Minute`,
  timeLeft: (time) => `etwa ${time}`,
  paused: (photos) => n(photos, { one: 'Angehalten: # Foto wartet', other: 'Angehalten: # Fotos warten' }),
  scanning: (files) =>
    n(files, { one: 'Sucht Fotos: bisher # Datei', other: 'Sucht Fotos: bisher # Dateien' }),
  reading: (files) => n(files, { one: 'Liest # Datei', other: 'Liest # Dateien' }),
  thumbnails: (photos) => n(photos, { one: 'Macht # Vorschaubild', other: 'Macht # Vorschaubilder' }),
  overnight: (photos) =>
    n(photos, { one: '# Foto wird über Nacht beschrieben', other: '# Fotos werden über Nacht beschrieben' }),
  stopped: 'Gerade geht nichts voran',
  idle: (photos, described) =>
    `${photos} · ${n(described, { one: '# beschrieben', other: '# beschrieben' })}`,
  idleBuiltIn: (photos, described) =>
    `${photos} · ${n(described, { one: '# ohne Modell beschrieben', other: '# ohne Modell beschrieben' })}`,
  kinds: {
    describing: 'Fotos werden beschrieben',
    paused: 'Das Beschreiben ist angehalten',
    scanning: 'Fotos werden gesucht',
    reading: 'Dateien werden gelesen',
    thumbnails: 'Vorschaubilder werden gemacht',
    overnight: 'Fotos werden über Nacht beschrieben',
    idle: 'Nichts zu tun',
  },
  blocked: (name) => `${name} funktioniert nicht`,
  openSettings: 'Einstellungen öffnen',
  offline: (name) => `${name} ist nicht erreichbar`,
  rests: (name) => `${name} bat zu warten`,
  again: (time) => `(wieder in ${time})`,
  spentToday: (money) => `heute ${money}`,
  spentMonth: (money) => `diesen Monat ${money}`,
  spentOfBudget: (money, budget) => `diesen Monat ${money} von ${budget}`,
  budget: 'Vom Budget dieses Monats ausgegeben',
};
