import type { commands as english } from '../en/commands.ts';

export const commands: typeof english = {
  goToLibrary: 'Zur Bibliothek',
  goToRuns: 'Zu den Läufen',
  goToSettings: 'Einstellungen',
  setUp: 'Fotos und ihren Beschreiber einrichten',
  toggleSidebar: 'Seitenleiste ein- oder ausblenden',
  themeDark: 'Dunkles Design',
  themeLight: 'Helles Design',
  themeSystem: 'Design des Systems',
  largerText: 'Größere Schrift',
  smallerText: 'Kleinere Schrift',
  usualText: 'Übliche Schriftgröße',
  groups: {
    go: 'Gehe zu',
    view: 'Ansicht',
    selection: 'Auswahl',
    photo: 'Foto',
    edit: 'Bearbeiten',
    queue: 'Warteschlange',
  },
};
