import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** The status bar. */
export const status = {
  pause: 'Pause describing',
  resume: 'Go on describing',
  describing: (photos: number) =>
    n(photos, { one: 'Describing: # photo left', other: 'Describing: # photos left' }),
  perMinute: (photos: string) => `${photos} a minute`,
  timeLeft: (time: string) => `about ${time}`,
  paused: (photos: number) => n(photos, { one: 'Paused: # photo waits', other: 'Paused: # photos wait' }),
  scanning: (files: number) =>
    n(files, { one: 'Looking for photos: # file so far', other: 'Looking for photos: # files so far' }),
  reading: (files: number) => n(files, { one: 'Reading # file', other: 'Reading # files' }),
  thumbnails: (photos: number) => n(photos, { one: 'Making # thumbnail', other: 'Making # thumbnails' }),
  overnight: (photos: number) =>
    n(photos, { one: '# photo is described overnight', other: '# photos are described overnight' }),
  stopped: 'Nothing goes on just now',
  idle: (photos: string, described: number) =>
    `${photos} · ${n(described, { one: '# described', other: '# described' })}`,
  idleBuiltIn: (photos: string, described: number) =>
    `${photos} · ${n(described, { one: '# described by built-in', other: '# described by built-in' })}`,
  /** Read aloud when the kind of work changes. */
  kinds: {
    describing: 'Describing photos',
    paused: 'Describing is paused',
    scanning: 'Looking for photos',
    reading: 'Reading files',
    thumbnails: 'Making thumbnails',
    overnight: 'Photos are described overnight',
    idle: 'Nothing to do',
  },
  blocked: (name: string) => `${name} does not work`,
  openSettings: 'Open settings',
  offline: (name: string) => `${name} cannot be reached`,
  rests: (name: string) => `${name} asked to wait`,
  again: (time: string) => `(again in ${time})`,
  spentToday: (money: string) => `today ${money}`,
  spentMonth: (money: string) => `this month ${money}`,
  spentOfBudget: (money: string, budget: string) => `this month ${money} of ${budget}`,
  budget: 'Spent of this month’s budget',
};
