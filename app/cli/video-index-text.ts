import { programName } from './program-name.ts';
import { formatBytes, formatDuration, plural } from './format.ts';

/** What `video-index` says (Azure AI Vision video retrieval). */
export const videoIndexText = {
  retired:
    'Microsoft retired video retrieval of Azure AI Vision on 30 June 2025: it works only where a server still offers it.',
  which: (names: string): string => `Say which connection with --connection. There are: ${names}.`,
  noConnection:
    'There is no connection to Azure AI Vision: set VISION_ENDPOINT and VISION_KEY, or add one with connections add --connection azure-vision.',
  noContainer:
    'Set VIDEO_CONTAINER_SAS_URL to the address of a container with its signature (Blob SAS URL; permissions Read, Create and Write).',
  askContainer: 'Address of the container with its signature (it is not shown, and kept nowhere): ',
  expired:
    'The signature (SAS) has expired. What was uploaded stays there, and is not sent twice. With a new signature it goes on.',
  created: (name: string): string =>
    `The index “${name}” is made. ${programName} video-index add ${name} puts videos into it.`,
  noIndexes: `There is no index yet. ${programName} video-index create NAME makes one.`,
  noDocuments: 'The index is empty.',
  index: (features: readonly string[], fields: readonly string[]): string =>
    [features.join(', '), ...(fields.length === 0 ? [] : [`fields ${fields.join(', ')}`])].join(' · '),
  plan: (videos: number, bytes: number, durationMs: number, name: string): string =>
    `${plural(videos, 'video')} (${formatBytes(bytes)}, ${formatDuration(durationMs)} long) would be uploaded and put into the index “${name}”. What the service takes for it is not known to Cutline.`,
  there: (videos: number): string => `${plural(videos, 'video')} in the index already.`,
  keptBack: (videos: number): string =>
    `${plural(videos, 'video')} kept back, by the privacy of a folder or as excluded.`,
  nothing: 'There is nothing to put into the index.',
  go: 'Go on?',
  declined: 'Nothing was sent.',
  stages: { waiting: 'Waiting for what was begun before', upload: 'Uploading', looking: 'Being looked at' },
  added: (videos: number): string => `${plural(videos, 'video')} put into the index.`,
  failed: (videos: number): string => `${plural(videos, 'video')} failed.`,
  unknownVideo: 'a video that is not in this library',
  found: (hits: number): string => (hits === 0 ? 'Nothing was found.' : `${plural(hits, 'place')} found.`),
  kinds: { frame: 'seen', speech: 'said' },
  hit: (relevance: string): string => `relevance ${relevance}`,
  noSuchVideo: (named: string): string => `“${named}” is in the index neither as a video nor as a document.`,
  fieldsAdded: (name: string, fields: readonly string[]): string =>
    `The index “${name}” has these fields now: ${fields.join(', ')}.`,
  nothingToUpdate:
    'Say what is to change: --set field=value for videos that are in the index, --field name:type for a field more.',
  updated: (videos: number): string => `${plural(videos, 'video')} updated in the index.`,
  addInTheWindow:
    'The service that VISION_ENDPOINT names is no connection of the library yet, and while its window is open only that can add one (Settings, Connections).',
  removed: (documents: number): string =>
    `${plural(documents, 'document')} taken out of the index. The uploaded files stay in their container.`,
  confirmDelete: (name: string): string => `Delete the index “${name}” with all that is in it?`,
  deleted: (name: string): string =>
    `The index “${name}” is deleted. The uploaded files stay in their container.`,
} as const;

export const videoIndexHelp = {
  group: 'videos in an index of Azure AI Vision (retired in 2025): make, fill, search, delete',
  list: 'the indexes of the service',
  create: 'make an index',
  add: 'upload the videos that a search finds, and put them into an index',
  addLong:
    'Uploads videos into your container, whose address with its signature is in VIDEO_CONTAINER_SAS_URL or asked for, and has the service look at them. The same command again goes on where it stopped, and sends nothing twice.',
  update: 'say something else of videos that are in an index, or give it more fields',
  updateLong:
    'Changes what the index is told of videos that are in it already: they are neither uploaded nor looked at again. With --field the index gets one field more, and keeps those that it has.',
  newField: 'one field more, such as event:string or shot:datetime; repeatable',
  documents: 'the videos in an index',
  search: 'find places in videos by what is seen or said there',
  remove: 'take videos out of an index',
  delete: 'delete an index with all that is in it',
  name: 'name of the index: letters, digits and single hyphens, 24 at most',
  query: 'words and filters, as in search; none: all videos',
  words: 'what to look for, such as a person with a red bag',
  videos: 'paths of videos, or ids of documents',
  connection: 'name or number of a connection to Azure AI Vision',
  feature: 'vision or speech; repeatable',
  field:
    'field of the schema, such as event:string or shot:datetime; repeatable (default: captured and camera)',
  set: 'value of a field for these videos, such as event=Harvest; repeatable',
  where: 'only videos with this value of a field, such as camera=GoPro; repeatable',
  since: 'only videos that were captured from this day on',
  until: 'only videos that were captured up to this day',
  limit: 'at most so many',
  yes: 'without being asked',
} as const;
