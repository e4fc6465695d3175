import type { Season } from './calendar.ts';
import { foldedWords } from './words.ts';

/** What the words of a date mean, in English, German and French; folded as in the index. A language more is a column more. */
export type DateWord =
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'season'; readonly season: Season }
  | { readonly is: 'feast'; readonly feast: Feast }
  | { readonly is: 'unit'; readonly unit: 'day' | 'week' | 'month' | 'year' }
  | { readonly is: 'day'; readonly daysAgo: number }
  | { readonly is: 'last' | 'this' | 'before' | 'filler' };

export type Feast = 'christmas' | 'new-year' | 'easter' | 'halloween';

const words = new Map<string, DateWord>();

function say(meaning: DateWord, text: string): void {
  for (const word of text.split(' ')) {
    const [folded = ''] = foldedWords(word);
    words.set(folded, meaning);
  }
}

const months = [
  'january jan januar jänner janvier',
  'february feb februar février fevr',
  'march mar märz mars',
  'april apr avril avr',
  'may mai',
  'june jun juni juin',
  'july jul juli juillet juil',
  'august aug août',
  'september sep sept septembre',
  'october oct oktober okt octobre',
  'november nov novembre',
  'december dec dezember dez décembre déc',
];
for (const [index, names] of months.entries()) say({ is: 'month', month: index + 1 }, names);

say({ is: 'season', season: 'spring' }, 'spring frühling frühjahr printemps');
say({ is: 'season', season: 'summer' }, 'summer sommer été');
say({ is: 'season', season: 'autumn' }, 'autumn fall herbst automne');
say({ is: 'season', season: 'winter' }, 'winter hiver');

say({ is: 'feast', feast: 'christmas' }, 'christmas xmas weihnachten noël');
say({ is: 'feast', feast: 'easter' }, 'easter ostern pâques');
say({ is: 'feast', feast: 'halloween' }, 'halloween');
say({ is: 'feast', feast: 'new-year' }, 'silvester');

say({ is: 'unit', unit: 'day' }, 'day days tag tage tagen jour jours');
say({ is: 'unit', unit: 'week' }, 'week weeks woche wochen semaine semaines');
say({ is: 'unit', unit: 'month' }, 'month months monat monate monaten mois');
say({ is: 'unit', unit: 'year' }, 'year years jahr jahre jahren an ans année années');

say({ is: 'day', daysAgo: 0 }, 'today heute');
say({ is: 'day', daysAgo: 1 }, 'yesterday gestern hier');
say({ is: 'day', daysAgo: 2 }, 'vorgestern');

say(
  { is: 'last' },
  'last past letzte letzter letztes letzten letztem vergangene vergangener vergangenes vergangenen dernier dernière derniers dernières passé passée',
);
say({ is: 'this' }, 'this diese dieser dieses diesen diesem ce cet cette');
say({ is: 'filler' }, 'in on at of during the im am en au à le la les of de');

/** What a folded word may mean in a date. */
export function findDateWord(folded: string): DateWord | undefined {
  return words.get(folded);
}
