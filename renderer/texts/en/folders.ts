import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Watched folders, and choosing one. */
export const folders = {
  add: 'Add a folder…',
  addTitle: 'Choose a folder of photos',
  added: (path: string) => `${path} was added.`,
  fetching: (pictures: number) =>
    n(pictures, {
      one: 'Fetching # picture by its address …',
      other: 'Fetching # pictures by their addresses …',
    }),
  fetched: (pictures: number) =>
    n(pictures, {
      one: '# picture was fetched and is in the library.',
      other: '# pictures were fetched and are in the library.',
    }),
  fetchedFrom: 'Fetched from',
  fetchTitle: 'Pictures by their address…',
  fetchDialog: 'Pictures by their address',
  fetchLabel: 'Addresses of pictures',
  fetchHint:
    'One on each line. They are fetched into a folder of their own and are photos like all others then. An address that is pasted or dropped anywhere in the window does the same.',
  fetchWrong: 'Only addresses can stand here, one on each line. Each begins with https:// or http://.',
  fetch: (pictures: number) =>
    pictures === 0 ? 'Fetch' : n(pictures, { one: 'Fetch # picture', other: 'Fetch # pictures' }),
  dropHere: 'Drop folders here to add them to the library',
  dropInBrowser: 'A browser does not say where a folder is. Choose it under “Add a folder…” instead.',
  dropNoFolder: 'Only folders can be added. Drop the folder that the photos are in.',
  chooseThis: 'Choose this folder',
  places: 'Places',
  inside: 'Folders in it',
  up: 'Up to the folder around it',
  noneInside: 'There are no folders in this one. Choose it if your photos are here.',
  cut: 'There are more folders than are shown here.',
  scan: 'Look again',
  relink: 'It has moved…',
  relinkTitle: 'Where is this folder now?',
  remove: 'Remove…',
  removeTitle: 'Take this folder out of the library?',
  removeText:
    'The photos themselves are not touched. What was said of them – descriptions, keywords, answers, also yours – is taken out of the library with them. What they cost stays in the list of requests.',
  removePhotos: (photos: number) => n(photos, { one: 'Take out # photo', other: 'Take out # photos' }),
  removed: (photos: number) => n(photos, { one: '# photo taken out', other: '# photos taken out' }),
  offline: 'not connected; nothing of it is lost',
  described: (photos: number) => n(photos, { one: '# described', other: '# described' }),
  problems: (photos: number) => n(photos, { one: '# with a problem', other: '# with problems' }),
  missing: (photos: number) => n(photos, { one: '# missing', other: '# missing' }),
  privacy: 'Where its photos may go',
  privacies: {
    'may-be-sent': 'To any connection',
    'local-only': 'Only to this machine and its network',
    'built-in-only': 'Nowhere',
  },
  privacyHints: {
    'may-be-sent': 'Sent without any metadata, and only when you or its rule ask for it.',
    'local-only': 'A service in the cloud never gets one of them, whatever is asked.',
    'built-in-only': 'No model gets to see them.',
  },
  privacyOf: (path: string) => `Where photos of ${path} may go`,
  privacyElsewhere: 'Decide otherwise for a folder in it',
  rule: 'Photos that appear',
  ruleHint: 'What happens by itself when new photos are found here.',
  onlyIndex: 'Only list them',
  describeWith: (connection: string) => `Describe with ${connection}`,
  ruleBudget: 'At most, in US dollars a month',
  saveRule: 'Set this rule',
  more: 'Folders in it, notes, and what is left out',
  note: 'Note on this folder',
  noteHint:
    'What a camera does not know, such as the event: “Wedding of Anna and Ben in Siena”. Told to whoever describes its photos.',
  noteOn: (path: string) => `Note on ${path}`,
  noteBelowHint: 'Told beside the notes on the folders around it. Empty it to take it away.',
  noteElsewhere: 'Write a note on a folder in it',
  noteElsewhereExample: 'Type a part of its name',
  ignore: 'Leave out',
  ignoreHint:
    'A pattern on each line, as in .gitignore: “*.tmp”, “/exports/”, “**/rejects”. Other programs’ folders are left out anyway.',
};
