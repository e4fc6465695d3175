import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** The dialog that shows a plan before anything is sent. */
export const describe = {
  title: 'Describe photos',
  againTitle: 'Describe photos again',
  who: 'Described by',
  builtIn: 'Built-in: facts only, no model',
  detail: 'Detail',
  details: { auto: 'Automatic, per photo', low: 'Low', high: 'High' },
  prompt: 'Prompt',
  which: 'Which of them',
  whiches: {
    new: 'Those it has not described',
    outdated: 'Also those with an older prompt or model',
    all: 'All of them, again',
  },
  when: 'When',
  whens: { now: 'At once', overnight: 'Overnight, at half the price' },
  otherWay: (isBatch: boolean, cost: string) =>
    isBatch ? `Overnight: about ${cost}` : `At once: about ${cost}. Overnight the service takes up to a day.`,
  startedOvernight: (photos: number) =>
    n(photos, {
      one: '# photo goes to the service overnight.',
      other: '# photos go to the service overnight.',
    }),
  apart: 'Overnight each photo is a request of its own: bursts do not go together then.',
  bursts: 'Bursts and near-duplicates',
  burstsAre: { alone: 'Each photo by itself', together: 'Together in one request' },
  together: (photos: number, requests: number, saved: string | undefined) => {
    const what = `${n(photos, { one: '# photo', other: '# photos' })} together in ${n(requests, { one: '# request', other: '# requests' })}`;
    return saved === undefined ? what : `${what}, saves about ${saved}`;
  },
  noBursts: 'no bursts known among them yet; those that show while it works go together',
  pictures: 'Pictures of the web',
  picturesAre: { sent: 'Sent like all others', address: 'By their address' },
  addressHint:
    'The service fetches the original with all its metadata, where that takes the same; other pictures are sent.',
  photos: 'Photos',
  requests: 'Requests',
  tokens: 'Tokens',
  transactions: 'Transactions',
  copies: (copies: number) => n(copies, { one: '# copy', other: '# copies' }),
  ofWhichCopies: (copies: number) =>
    n(copies, { one: '# of them a copy of another', other: '# of them copies of others' }),
  copiesNote: (copies: number) =>
    n(copies, {
      one: '# more has the same picture as another, and says the same',
      other: '# more have the same picture as others, and say the same',
    }),
  ofWhich: (imageTokens: number) =>
    n(imageTokens, { one: '# of them for the picture', other: '# of them for pictures' }),
  countedFromAbove: 'how this model counts pictures is not known; most take half of that or less',
  time: 'Time',
  timeAbout: (duration: string) => `about ${duration}`,
  timeNote: 'as fast as it answered last',
  cost: 'Estimated cost',
  budget: 'Budget in US dollars',
  budgetHint: 'Stops before it is exceeded. Leave it empty for no limit of its own.',
  budgetWrong: 'Not an amount. Write it like 2.50.',
  planning: 'Working out what would be sent …',
  nothingToDo:
    'There is nothing to send: these photos are described by it already, excluded, or not readable. To have them described once more, choose “All of them, again”.',
  agree: (photos: number, cost: string | undefined) => {
    const what = n(photos, { one: 'Describe # photo', other: 'Describe # photos' });
    return cost === undefined ? what : `${what} for about ${cost}`;
  },
  started: (photos: number) =>
    n(photos, { one: '# photo is being described.', other: '# photos are being described.' }),
};
