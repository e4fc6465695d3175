import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** The first three minutes. */
export const firstStart = {
  title: 'Set up',
  welcome: 'Your photos, in words',
  lead: 'Three steps, and the first captions are there. Your originals are never changed, and nothing is spent before you have seen what it costs.',
  photosTitle: 'Which photos?',
  samples: 'Sample photos',
  photosNote: 'Photos stay where they are. Cutline looks into the folders and remembers what it found.',
  describerTitle: 'Who describes them?',
  builtIn: 'Nobody: built-in',
  builtInNote:
    'Says what the camera knows – date, place, camera, colours, text it can read. At once, on this machine, for nothing.',
  localNote: 'A model on your own machine or network. Costs nothing, and your photos stay at home.',
  paidNote: 'A service that is paid for each photo. You see the price first.',
  addModel: 'A model or a service…',
  planTitle: 'What it takes',
  noPhotosYet: 'Choose photos first: then you see here how many there are and what it costs.',
  stillLooking: 'Looking for photos: as soon as some are found, you see here how many and what it costs.',
  allDescribed: 'Everything here is described. Open the library to look at it.',
  stillReading: (files: number) =>
    n(files, {
      one: '# more file is being read: it comes to this plan by itself.',
      other: '# more files are being read: they come to this plan by themselves.',
    }),
  nothingLeaves: 'Nothing leaves this machine.',
  whatLeaves: (connection: string) =>
    `Sent to ${connection}: each photo, made smaller and without its metadata, and as text its folder’s name, date, place and what is written in it. Nothing else leaves this machine.`,
  tryOn: (photos: number) => n(photos, { one: 'Try on # photo', other: 'Try on # photos' }),
  start: (photos: number) => n(photos, { one: 'Describe # photo', other: 'Describe all # photos' }),
  arriving: 'Captions as they come',
  toLibrary: 'To the library',
  toRun: 'To this run',
};
