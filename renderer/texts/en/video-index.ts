import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Indexes of videos (Azure AI Vision video retrieval). */
export const videoIndex = {
  title: 'Indexes of videos',
  open: 'Indexes of videos…',
  retired:
    'Microsoft switched video retrieval of Azure AI Vision off on 30 June 2025: it works only where a server still offers it. Everywhere else, have videos described by their frames, and search what was said.',
  noServiceTitle: 'No connection to Azure AI Vision',
  noService: 'An index of videos is a part of that service. Set up a connection to it first.',
  service: 'Connection',
  index: 'Which index',
  asking: 'Asking the service …',
  noneTitle: 'No index yet',
  none: 'Make one, and put videos into it. It is kept by the service, and not in your library.',
  newIndex: 'New index…',
  newTitle: 'New index of videos',
  make: 'Make it',
  name: 'Name',
  nameHint: 'Letters, digits and single hyphens between them, 24 at most.',
  nameWrong: 'An index cannot be called so: letters, digits and single hyphens between them, 24 at most.',
  takes: 'What it finds',
  takesAre: { vision: 'What is seen', both: 'What is seen and what is said' },
  ownField: 'A field of your own (may be empty)',
  ownFieldHint: 'Such as event: you give its value when you put videos in, and can narrow a search to it.',
  fieldWrong: 'A field begins with a letter, and has letters, digits, hyphens and underscores.',
  features: { vision: 'what is seen', speech: 'what is said' },
  facts: (features: string, fields: string) =>
    `Finds ${features}${fields === '' ? '' : `; fields: ${fields}`}`,
  delete: 'Delete the index…',
  deleteTitle: (name: string) => `Delete the index “${name}”?`,
  deleteText:
    'All that is in it is gone, and would have to be looked at and paid for again. The uploaded files stay in their container, and your videos where they are.',
  find: 'Find',
  videos: 'What is in it',
  add: 'Put videos in',
  what: 'What is to be found',
  whatLike: 'A person with a red bag',
  kind: 'Seen or said',
  kinds: { all: 'Seen or said', vision: 'Only what is seen', speech: 'Only what is said' },
  since: 'From',
  until: 'To',
  field: 'Field',
  anyField: 'Any field',
  valueOf: (field: string) => `Value of “${field}”`,
  valueHint: 'The same for all of these videos. May be empty.',
  found: (places: number) =>
    places === 0 ? 'Nothing was found.' : n(places, { one: '# place found.', other: '# places found.' }),
  hits: { frame: 'seen', speech: 'said' },
  relevance: (percent: string) => `relevance ${percent}`,
  unknownVideo: 'A video that is not in this library',
  inIndex: (videos: number) =>
    videos === 0
      ? 'The index is empty.'
      : n(videos, { one: '# video is in it.', other: '# videos are in it.' }),
  takeOut: (name: string) => `Take ${name} out of the index`,
  which: 'Which videos',
  whichHint: 'Words and filters as in the search of the library. Empty: all videos.',
  selected: (photos: number) =>
    n(photos, {
      one: 'Of # selected photo, the videos.',
      other: 'Of # selected photos, the videos.',
    }),
  others: 'Choose others',
  look: 'Show what would be sent',
  nothing: 'There is nothing to put in: all of them are in the index already, kept back or not there.',
  plan: (videos: number, size: string, length: string) =>
    `${n(videos, { one: '# video', other: '# videos' })} (${size}, ${length} long) would be uploaded and put into the index. What the service takes for it is not known to Cutline.`,
  there: (videos: number) =>
    n(videos, { one: '# video is in the index already.', other: '# videos are in the index already.' }),
  keptBack: (videos: number) =>
    n(videos, {
      one: '# video is kept back, by the privacy of its folder or as excluded.',
      other: '# videos are kept back, by the privacy of a folder or as excluded.',
    }),
  container: 'Address of a container with its signature (SAS)',
  containerHint:
    'The “Blob SAS URL” of a container of your own, with the permissions Read, Create and Write. It is kept nowhere.',
  go: (videos: number) =>
    n(videos, {
      one: 'Upload # video and put it in',
      other: 'Upload # videos and put them in',
    }),
  stages: {
    waiting: 'Waiting for what was begun before',
    upload: 'Uploading',
    looking: 'Being looked at by the service',
  },
  statusGoing: {
    waiting: 'Videos go into an index',
    upload: 'Uploading videos for an index',
    looking: 'The service looks at videos',
  },
  statusHeld: 'Videos wait to go into an index',
  addition: 'What is being put into the index',
  goesOn: 'It goes on while you do something else, as long as Cutline runs.',
  stopped:
    'Stopped before its end. What was uploaded stays there and is not sent twice: it goes on where it was.',
  nothingLost: 'What was uploaded stays there and is not sent twice.',
  goOn: 'Go on',
  giveUp: 'Give it up',
  isAdding: 'Videos are being put into this index: see above. More can be put in after that.',
  stop: 'Stop',
  added: (videos: number) =>
    n(videos, { one: '# video was put into the index.', other: '# videos were put into the index.' }),
  failed: (videos: number) => n(videos, { one: '# video failed.', other: '# videos failed.' }),
  fromSelection: 'Put into an index of videos …',
};
