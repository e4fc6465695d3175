import type { runs as english } from '../en/runs.ts';
import { formatMoney } from '../format.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const runs: typeof english = {
  title: 'Läufe',
  of: (connection) => `Lauf von ${connection}`,
  noneTitle: 'Noch wurde nichts beschrieben',
  none: 'Wählen Sie Fotos aus und dann „Beschreiben“. Was geplant war und was daraus wurde, bleibt hier stehen.',
  states: {
    running: 'läuft',
    paused: 'angehalten',
    finished: 'fertig',
    canceled: 'abgebrochen',
    undone: 'zurückgenommen',
    blocked: 'wartet auf Sie',
    offline: 'wartet auf den Dienst',
  },
  restsUntil: (time) => `wartet bis ${time}`,
  doneOf: (done, total) =>
    `${n(done, { one: '#', other: '#' })} von ${n(total, { one: '# Foto', other: '# Fotos' })}`,
  failed: (count) => n(count, { one: '# misslungen', other: '# misslungen' }),
  fallback: (name) => `was er nicht beantworten kann, geht an ${name}`,
  describedBy: (photos, name) => n(photos, { one: `# Foto von ${name}`, other: `# Fotos von ${name}` }),
  batch: {
    preparing: (photos: number) =>
      n(photos, {
        one: '# Foto wird für den Dienst vorbereitet',
        other: '# Fotos werden für den Dienst vorbereitet',
      }),
    sending: (photos: number) =>
      n(photos, { one: '# Foto ist auf dem Weg zum Dienst', other: '# Fotos sind auf dem Weg zum Dienst' }),
    fetching: (photos: number) =>
      n(photos, {
        one: 'Der Dienst ist fertig; # Antwort wird geholt',
        other: 'Der Dienst ist fertig; # Antworten werden geholt',
      }),
    canceling: () => 'Der Dienst ist gebeten aufzuhören. Was er bis dahin getan hat, bleibt und wird bezahlt',
    atService: (photos: number, done: number | null, since: string | null) =>
      `Beim Dienst${since === null ? '' : ` seit ${since}`}, ${done === null ? n(photos, { one: '# Foto', other: '# Fotos' }) : `${n(done, { one: '#', other: '#' })} von ${n(photos, { one: '#', other: '#' })} fertig`}`,
    latest: (time: string) => `spätestens ${time}`,
  },
  progress: 'Fotos',
  pause: 'Anhalten',
  resume: 'Weiter',
  cancel: 'Rest abbrechen',
  undo: 'Zurücknehmen …',
  undoTitle: 'Diesen Lauf zurücknehmen?',
  undoText:
    'Was dieser Lauf gesagt hat, wird zurückgenommen, und was vorher da war, gilt wieder. Was Sie oder ein anderes Programm geschrieben haben, bleibt. Was bezahlt ist, bleibt bezahlt und bleibt in der Liste der Anfragen.',
  undoPhotos: (photos) => n(photos, { one: 'Für # Foto zurücknehmen', other: 'Für # Fotos zurücknehmen' }),
  undone: (photos) => n(photos, { one: 'Für # Foto zurückgenommen', other: 'Für # Fotos zurückgenommen' }),
  showPhotos: (photos) =>
    n(photos, { one: 'Das beschriebene Foto zeigen', other: 'Die # beschriebenen Fotos zeigen' }),
  planAgainstActual: 'Plan und Wirklichkeit',
  what: 'Was',
  planned: 'Geplant',
  soFar: 'Bisher',
  compared: 'Neben dem Plan, je Foto',
  photos: 'Zahl der Fotos',
  requests: 'Anfragen',
  inputTokens: 'Eingabe-Token',
  outputTokens: 'Ausgabe-Token',
  cost: 'Kosten',
  failures: 'Was misslungen ist',
  retrying: (photos) =>
    n(photos, { one: '# Foto wird noch einmal versucht', other: '# Fotos werden noch einmal versucht' }),
  options: 'Was verlangt war',
  prompt: 'Anweisung',
  detail: 'Genauigkeit',
  details: { low: 'niedrig', high: 'hoch', auto: 'wie jedes Foto sie braucht' },
  language: 'Sprache',
  fields: 'Felder',
  fieldNames: {
    title: 'Titel',
    caption: 'Bildunterschrift',
    altText: 'Alternativtext',
    keywords: 'Stichwörter',
    recognizedText: 'Text im Foto',
    objects: 'Gegenstände',
  },
  startedBy: 'Begonnen von',
  byPerson: 'Ihnen',
  byRule: 'der Regel eines Ordners',
  budget: 'Budget des Laufs',
  money: (microUsd) => formatMoney(microUsd, 'de'),
  changeBudget: 'Dieses Budget ändern',
  newBudget: 'Neues Budget für diesen Lauf, in US-Dollar',
  newBudgetHint: (old) => `Es war ${formatMoney(old, 'de')}, für den ganzen Lauf.`,
  newBudgetWrong: (old) => `Geben Sie mehr als ${formatMoney(old, 'de')} ein.`,
  goOnWith: 'Damit weitermachen',
  retryAll: 'Alle noch einmal versuchen',
};
