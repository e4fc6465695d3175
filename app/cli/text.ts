import { basename, dirname } from 'node:path';
import { formatCount, formatDuration, plural } from './format.ts';
import { programName } from './program-name.ts';

/** What the terminal says, where no file beside this one is about it; the errors' sentences are in `contract/messages`. */

export const connectionText = {
  noKind: (name: string): string =>
    `There is no kind of connection “${name}”; there are built-in, azure-openai, openai-compatible and azure-vision.`,
  unknown: (name: string): string =>
    `“${name}” is neither a kind of connection (built-in, azure-openai, openai-compatible, azure-vision) nor the name of one that the library knows. See these with: ${programName} connections`,
  namedHasSettings: (name: string): string =>
    `“${name}” is known to the library with its endpoint, deployment and model. To change them: ${programName} connections set`,
  keyMissing: (name: string, variables: string): string =>
    `${name} has no key, and its service wants one. Set ${variables}, or give it in the window’s settings.`,
  azureKeyIsSet:
    'A key for Azure OpenAI is set but not used: add --connection azure-openai to describe with it.',
  openAiKeyIsSet:
    'OPENAI_API_KEY is set but not used: add --connection openai-compatible --model NAME to describe with it.',
  flagsWithoutConnection:
    '--endpoint, --deployment, --model, --api-version and --price belong to a service: name it with --connection azure-openai, openai-compatible or azure-vision.',
  azureEndpointMissing:
    'The endpoint is missing: set AZURE_OPENAI_ENDPOINT or give --endpoint, such as https://my-resource.openai.azure.com.',
  deploymentMissing:
    'The deployment is missing: set AZURE_OPENAI_DEPLOYMENT or give --deployment, the name that you gave it in the portal.',
  keyWithheld:
    'The key in OPENAI_API_KEY is not sent: this address is not encrypted. If the key is meant for it, set OPENAI_BASE_URL to the same address.',
  azureKeyMissing:
    'The key is missing: set AZURE_OPENAI_API_KEY, or AZURE_OPENAI_AD_TOKEN for a token from Entra.',
  takesNoAddresses: 'This service fetches no pictures by their address: they are sent to it.',
  visionEndpointMissing:
    'The endpoint is missing: set VISION_ENDPOINT or give --endpoint, such as https://my-resource.cognitiveservices.azure.com.',
  visionKeyMissing: 'The key is missing: set VISION_KEY to a key of your Azure AI Vision resource.',
  visionHasNoModel:
    'Azure AI Vision has no deployments, models or versions to choose from: leave --deployment, --model and --api-version out.',
  visionRetires:
    'Microsoft retires Image Analysis on 25 September 2028, and advises to move to a vision model before: --connection azure-openai.',
  compatibleEndpointMissing:
    'The endpoint is missing: set OPENAI_API_KEY for OpenAI itself; for a server of your own give --endpoint or set OPENAI_BASE_URL, such as http://localhost:11434/v1.',
  modelMissing: `The model is missing: give its name with --model. "${programName} connections discover" lists what the servers of this machine have.`,
  insecure: (host: string): string =>
    `Warning: ${host} is reached by plain http. Others on the way could read your photos and your key.`,
};

export const libraryText = {
  unreadable: (count: number, first: readonly string[]): string =>
    `${plural(count, 'path')} could not be looked at (permissions, or a name that is no text): ${first.join(', ')}${count > first.length ? ` and ${formatCount(count - first.length)} more` : ''}.`,
  none: `Describe some photos first: ${programName} describe FOLDER`,
  waitingForLibrary: 'Another Cutline is using this library. Waiting until it is done…',
  rootOffline: (path: string): string =>
    `Not reachable, left as it is: ${path}. If it has moved: ${programName} folders relink FOLDER NEW-PLACE`,
  stillChanging: (files: number): string =>
    `${plural(files, 'file is', 'files are')} still being copied; the next scan takes ${files === 1 ? 'it' : 'them'} up.`,
};

export const interruptText = {
  stopping: 'Stopping… Ctrl-C again stops at once.',
  finishing: (requests: number): string =>
    `Finishing ${plural(requests, 'request')} that ${requests === 1 ? 'is' : 'are'} already paid… Ctrl-C again stops at once.`,
  stopped: 'Stopped. Nothing is lost: the same command goes on from here.',
  stoppedAtOnce: `Stopped at once. Requests on their way may have been charged; they are listed by: ${programName} usage`,
};

export const describeText = {
  oneFile: (path: string): string =>
    `${path} is a file, not a folder. One photo alone: ${programName} describe '${dirname(path)}' --query 'path:"${basename(path)}"'`,
  doubtful: (photos: number, query: string): string =>
    `${plural(photos, 'answer')} may want a look (language, places, number of keywords): ${programName} search ${query}`,
  damaged: (photos: number): string =>
    `${plural(photos, 'damaged photo')} can be read in part, and ${photos === 1 ? 'was' : 'were'} not sent. Describe all the same: ${programName} describe --damaged`,
  accepted: (photos: number): string =>
    `${plural(photos, 'damaged photo')} will be described as far as ${photos === 1 ? 'it' : 'they'} can be read.`,
  scanning: 'Scanning',
  reading: 'Reading',
  describing: 'Describing',
  finishing: 'Finishing',
  sample:
    'No folder was given and the library is empty, so these are sample photos, drawn just now. They are removed again.',
  sampleBatch:
    'The library is empty, and sample photos are removed before a batch is answered. Name a folder of your own.',
  sampleNext: `Your own photos: ${programName} describe FOLDER`,
  noPhotos: 'No photos were found.',
  nothingToDo: (photos: number): string =>
    photos === 1 ? 'The photo is described.' : `All ${formatCount(photos)} photos are described.`,
  nothingNew: (before: number): string =>
    `Nothing new: ${plural(before, 'photo is', 'photos are')} described`,
  ownCaptionStays: (caption: string): string => `The file's own caption stays: ${caption}`,
  described: 'Described',
  describedNone: (photos: number): string => `Described 0 of ${plural(photos, 'photo')}`,
  before: (photos: number): string => `${formatCount(photos)} before`,
  question: 'Go on?',
  declined: 'Nothing was sent.',
  retry: `Try failed photos again: ${programName} queue retry, then the same command.`,
  find: `Find photos by words: ${programName} search WORDS`,
  notDescribed: (files: number): string => `Not described: ${plural(files, 'file')}`,
  unsupported: (formats: string): string =>
    `Formats that cannot be described yet; they are tried again when a release adds them: ${formats}.`,
  noPreview: (formats: string): string =>
    `They hold no picture that is large enough to be shown: ${formats}. Export a JPEG beside each, or have your converter write previews into them.`,
  otherFormats: 'others',
  allowMore: (privacy: unknown): string =>
    `Allow more: ${programName} folders privacy FOLDER ${privacy === 'built-in-only' ? 'local-only' : 'may-be-sent'}`,
  andMore: (count: number): string => `and ${formatCount(count)} more`,
  goOn: 'Go on with:',
  batchFlag:
    'Fetch the answers later with the same command, or wait for them with --wait. An app that is open fetches them by itself.',
  waitFlag: 'Go on later with the same command, or wait for it with --wait.',
  left: (photos: number): string => `${plural(photos, 'photo')} ${photos === 1 ? 'is' : 'are'} left.`,
  heldAt: (connection: string, sentence: string): string => `${connection}: ${sentence}`,
  otherRunWaits: (run: number, photos: number): string =>
    `Run ${formatCount(run)}, which was stopped, waits with ${plural(photos, 'photo')}. Go on with it later: the command that started it, or ${programName} runs resume ${String(run)}`,
  waitingRateLimit: (ms: number): string => `rate limit, ${formatDuration(ms)}`,
  waitingOffline: (ms: number): string => `offline, again in ${formatDuration(ms)}`,
};

export const webText = {
  fetching: 'Fetching',
  keptIn: (path: string): string => `Fetched: ${path}`,
};

export const searchText = {
  copies: (photos: number): string => `· one of ${formatCount(photos)} near-duplicates`,
  leavesOutOthers:
    'So many photos have these very words that other forms, synonyms and kinds were not looked for. A further word finds fewer.',
  alsoFound: (words: readonly string[]): string =>
    `Also found: ${words.slice(0, 12).join(', ')}${words.length > 12 ? ' …' : ''}. Only the word itself: put it in quotes.`,
  count: (total: number, isCapped: boolean, shown: number): string => {
    if (total === 0) return 'Nothing was found.';
    const all = `${plural(total, 'photo')}${isCapped ? ' or more' : ''}`;
    return shown < total ? `The first ${formatCount(shown)} of ${all}. See more with --limit.` : `${all}.`;
  },
};

type ScanResult = {
  found: number;
  added: number;
  changed: number;
  moved: number;
  missing: number;
  stillChanging: number;
};

export const scanText = {
  noFolders: `There is no folder in the library. Add one: ${programName} scan FOLDER`,
  offline: `Not reachable; its photos stay in the library. If it has moved: ${programName} folders relink FOLDER NEW-PLACE`,
  result: ({ found, added, changed, moved, missing, stillChanging }: ScanResult): string =>
    [
      plural(found, 'file'),
      ...(added > 0 ? [`${formatCount(added)} new`] : []),
      ...(changed > 0 ? [`${formatCount(changed)} changed`] : []),
      ...(moved > 0 ? [`${formatCount(moved)} moved`] : []),
      ...(missing > 0 ? [`${formatCount(missing)} missing`] : []),
      ...(stillChanging > 0 ? [`${formatCount(stillChanging)} still being copied`] : []),
      ...(added + changed + moved + missing === 0 ? ['nothing new'] : []),
    ].join(' · '),
};

export const watchText = {
  noFolders: `There is no folder in the library, so there is nothing to watch. Add one: ${programName} folders add FOLDER`,
  folder: (path: string, connection: string | undefined): string =>
    connection === undefined
      ? `${path}: what appears is listed`
      : `${path}: what appears is described with ${connection}`,
  ready: 'Watching. Ctrl-C ends it.',
  stopped: 'Stopped watching.',
};

export const serveText = {
  keepIt:
    'Open this address in a browser. Whoever has it can see and change the library, so keep it to yourself. Ctrl-C ends it.',
  portTaken: (wanted: number, port: number): string =>
    `Port ${String(wanted)} is taken by another program, so it is ${String(port)} this time.`,
  open: 'Other machines can reach this library now, unencrypted: whoever watches the network can read the address and everything behind it.',
  notBuilt: 'The window is not built yet, so the page will only say so. In the checkout, run: npm run build',
  triedAgain: 'It is tried again by itself.',
  stopped: 'Stopped serving.',
};
