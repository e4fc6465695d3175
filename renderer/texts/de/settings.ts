import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: 'Einstellungen',
  sections: {
    connections: 'Verbindungen',
    folders: 'Ordner',
    prompts: 'Beschreiben',
    usage: 'Verbrauch',
    upkeep: 'Untersuchung',
    appearance: 'Aussehen',
    about: 'Über Cutline',
  },
  theme: 'Design',
  themes: { system: 'Wie das System', dark: 'Dunkel', light: 'Hell' },
  contrast: 'Kontrast',
  contrastHint: 'Mehr: deutlichere Linien und dunklerer Text, im dunklen Design hellerer.',
  contrasts: { system: 'Wie das System', more: 'Mehr' },
  language: 'Sprache dieses Fensters',
  asSystem: 'Wie das System',
  textSize: 'Schriftgröße',
  textSizeHint: 'Alles wächst mit ihr.',
  notifications: 'Sagen, wenn ein Lauf zu Ende ist',
  notificationsHint: 'Mit einer Mitteilung des Systems, solange dieses Fenster nicht vorn ist.',
  pauseOnBattery: 'Im Akkubetrieb ruhen',
  pauseOnBatteryHint: 'Das Beschreiben wartet, bis der Rechner wieder am Strom hängt.',
  detail: 'Genauigkeit',
  detailHint:
    'Wie genau ein Modell hinsieht, und damit, was ein Foto kostet. „Wie jedes Foto sie braucht“ sieht nur dort genau hin, wo Text oder Feines ist.',
  descriptionLanguage: 'Sprache der Beschreibungen',
  fields: 'Erfragt werden',
  monthlyBudget: 'Budget für einen Monat, in US-Dollar',
  monthlyBudgetHint:
    'Für alles, was gesendet wird, neben den Grenzen der Läufe und Ordner. Leer: keine eigene Grenze.',
  noAmount: 'Geben Sie einen Betrag über 0 ein, etwa 5 oder 2,50.',
};
