import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Words that several views share. */
export const common = {
  appName: 'Cutline',
  cancel: 'Cancel',
  close: 'Close',
  more: 'More',
  loading: 'Loading',
  retry: 'Try again',
  dismiss: 'Dismiss',
  photos: (count: number) => n(count, { one: '# photo', other: '# photos' }),
  folders: (count: number) => n(count, { one: '# folder', other: '# folders' }),
  seconds: (count: number) => n(count, { one: '# second', other: '# seconds' }),
  notifications: 'Notifications',
  percent: (percent: string) => `${percent} done`,
  unknownPrice: 'price unknown',
  free: 'free',
  upTo: (most: string) => `at most ${most}`,
  atLeast: (least: string) => `at least ${least}`,
};
