import type { usage as english } from '../en/usage.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const usage: typeof english = {
  period: 'Zeitraum',
  periods: { month: 'Dieser Monat', year: 'Dieses Jahr', all: 'Seit Beginn' },
  byModel: 'Nach Modell',
  byDay: 'Nach Tag',
  byFolder: 'Nach Ordner',
  model: 'Modell',
  noModel: 'kein Modell genannt',
  day: 'Tag',
  folder: 'Ordner',
  noFolder: 'keiner: Tests von Verbindungen und herausgenommene Ordner',
  total: 'Zusammen',
  nothing: 'In dieser Zeit wurde nichts gesendet.',
  unexplained: (requests) =>
    n(requests, { one: '# Anfrage ohne Rechnung', other: '# Anfragen ohne Rechnung' }),
  unexplainedText:
    'Sie wurden gesendet, und der Dienst hat nicht gesagt, was sie verbraucht haben: Die Antwort riss ab oder kam ohne Zahlen. Sie zählen mit dem Höchsten, was sie gekostet haben können.',
  unexplainedList: 'Anfragen ohne Rechnung',
  bookings: {
    pending: 'unterwegs',
    exact: 'wie vom Dienst gesagt',
    estimate: 'mit dem Höchsten, was sie gekostet haben kann',
    free: 'kostenlos',
  },
};
