import { formatMoney } from '../format.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Runs: what was asked for together, and what came of it. */
export const runs = {
  title: 'Runs',
  of: (connection: string) => `Run of ${connection}`,
  noneTitle: 'Nothing was described yet',
  none: 'Select photos and choose “Describe”. Each time you do, what was planned and what it came to is kept here.',
  states: {
    running: 'running',
    paused: 'paused',
    finished: 'finished',
    canceled: 'canceled',
    undone: 'undone',
    blocked: 'waits for you',
    offline: 'waits for its service',
  },
  restsUntil: (time: string) => `waits until ${time}`,
  doneOf: (done: number, total: number) =>
    `${n(done, { one: '#', other: '#' })} of ${n(total, { one: '# photo', other: '# photos' })}`,
  failed: (count: number) => n(count, { one: '# failed', other: '# failed' }),
  fallback: (name: string) => `what it cannot answer goes to ${name}`,
  describedBy: (photos: number, name: string) =>
    n(photos, { one: `# photo by ${name}`, other: `# photos by ${name}` }),
  batch: {
    preparing: (photos: number) =>
      n(photos, {
        one: '# photo is made ready for the service',
        other: '# photos are made ready for the service',
      }),
    sending: (photos: number) =>
      n(photos, {
        one: '# photo is on its way to the service',
        other: '# photos are on their way to the service',
      }),
    fetching: (photos: number) =>
      n(photos, {
        one: 'The service is done; # answer is taken in',
        other: 'The service is done; # answers are taken in',
      }),
    canceling: () => 'The service is asked to stop. What it has done by then is kept, and paid',
    atService: (photos: number, done: number | null, since: string | null) =>
      `With the service${since === null ? '' : ` since ${since}`}, ${done === null ? n(photos, { one: '# photo', other: '# photos' }) : `${n(done, { one: '#', other: '#' })} of ${n(photos, { one: '#', other: '#' })} done`}`,
    latest: (time: string) => `at the latest ${time}`,
  },
  progress: 'Photos',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel the rest',
  undo: 'Undo…',
  undoTitle: 'Undo this run?',
  undoText:
    'What this run said is taken back, and what was there before stands again. What you or another program wrote stays. What was paid stays paid, and stays in the list of requests.',
  undoPhotos: (photos: number) => n(photos, { one: 'Undo for # photo', other: 'Undo for # photos' }),
  undone: (photos: number) => n(photos, { one: 'Taken back for # photo', other: 'Taken back for # photos' }),
  showPhotos: (photos: number) =>
    n(photos, { one: 'Show the photo that it described', other: 'Show the # photos that it described' }),
  planAgainstActual: 'Plan against actual',
  what: 'What',
  planned: 'Planned',
  soFar: 'So far',
  compared: 'Beside the plan, per photo',
  photos: 'Photos',
  requests: 'Requests',
  inputTokens: 'Input tokens',
  outputTokens: 'Output tokens',
  cost: 'Cost',
  failures: 'What failed',
  retrying: (photos: number) =>
    n(photos, { one: '# photo is tried again', other: '# photos are tried again' }),
  options: 'What was asked for',
  prompt: 'Prompt',
  detail: 'Detail',
  details: { low: 'low', high: 'high', auto: 'as each photo needs' },
  language: 'Language',
  fields: 'Fields',
  fieldNames: {
    title: 'title',
    caption: 'caption',
    altText: 'alt text',
    keywords: 'keywords',
    recognizedText: 'text in the photo',
    objects: 'objects',
  },
  startedBy: 'Started by',
  byPerson: 'you',
  byRule: 'a folder’s standing rule',
  budget: 'Budget',
  money: (microUsd: number) => formatMoney(microUsd, 'en'),
  changeBudget: 'Change this budget',
  newBudget: 'New budget for this run, in US dollars',
  newBudgetHint: (old: number) => `It was ${formatMoney(old, 'en')}, all of the run together.`,
  newBudgetWrong: (old: number) => `Enter more than ${formatMoney(old, 'en')}.`,
  goOnWith: 'Go on with it',
  retryAll: 'Try all again',
};
