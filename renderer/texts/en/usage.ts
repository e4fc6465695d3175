import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** What was used and spent. */
export const usage = {
  period: 'Period',
  periods: { month: 'This month', year: 'This year', all: 'Since the beginning' },
  byModel: 'By model',
  byDay: 'By day',
  byFolder: 'By folder',
  model: 'Model',
  noModel: 'no model named',
  day: 'Day',
  folder: 'Folder',
  noFolder: 'none: tests of connections, and folders that were taken out',
  total: 'Total',
  nothing: 'Nothing was sent in this time.',
  unexplained: (requests: number) =>
    n(requests, { one: '# request without a bill', other: '# requests without a bill' }),
  unexplainedText:
    'They were sent, and the service did not say what they used: the answer was cut off or came without numbers. They count at the most that they can have cost.',
  unexplainedList: 'Requests without a bill',
  bookings: {
    pending: 'on its way',
    exact: 'as the service said',
    estimate: 'at the most that it can have cost',
    free: 'free',
  },
};
