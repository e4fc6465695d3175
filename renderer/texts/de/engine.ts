import type { engine as english } from '../en/engine.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const engine: typeof english = {
  connecting: 'Verbindung zur Engine wird aufgebaut …',
  starting: 'Die Bibliothek wird geöffnet …',
  restarting: (attempt) =>
    attempt === 1
      ? 'Die Engine hat unerwartet geendet und wird neu gestartet. Nichts ist verloren; die Warteschlange macht weiter, wo sie war.'
      : `Die Engine hat wieder geendet (${attempt}. Startversuch). Nichts ist verloren; die Warteschlange macht weiter, wo sie war.`,
  disconnected: (seconds) =>
    n(seconds, {
      one: 'Die Verbindung zu Cutline ist unterbrochen. Was hier steht, kann veraltet sein. Nächster Versuch in # Sekunde.',
      other:
        'Die Verbindung zu Cutline ist unterbrochen. Was hier steht, kann veraltet sein. Nächster Versuch in # Sekunden.',
    }),
  disconnectedNow:
    'Die Verbindung zu Cutline ist unterbrochen. Was hier steht, kann veraltet sein. Neuer Versuch läuft …',
  closing: 'Cutline wird beendet: Gesendetes wird noch abgeschlossen.',
  stoppedTitle: 'Cutline kann gerade nicht arbeiten',
  retryAt: (seconds) =>
    n(seconds, {
      one: 'Neuer Versuch von selbst in # Sekunde.',
      other: 'Neuer Versuch von selbst in # Sekunden.',
    }),
  connectNow: 'Jetzt verbinden',
  back: 'Cutline ist wieder da. Alles ist auf dem neuesten Stand.',
};
