import { formatCount, plural } from './format.ts';
import { programName } from './program-name.ts';

/** What `status`, `usage`, `folders`, `runs` and `queue` say. */

export const statusText = {
  library: 'Library',
  photos: 'Photos',
  waiting: 'Queue',
  spent: 'Spent',
  described: 'described',
  baseline: 'by the built-in describer',
  failed: 'failed',
  unsupported: 'that this release cannot show',
  missing: 'missing',
  jobs: (count: number): string => `${formatCount(count)} waiting`,
  held: (count: number): string => `${formatCount(count)} held`,
  nothing: 'empty',
  spend: (today: string, month: string): string => `${today} today · ${month} this month`,
  describedCount: (count: number): string => `${formatCount(count)} described`,
  neverScanned: 'never scanned',
  scanned: (time: string): string => `scanned ${time}`,
  offline: 'not connected',
  rule: (connection: string): string => `new photos: ${connection}`,
  privacy: {
    'may-be-sent': 'may be sent',
    'local-only': 'local only',
    'built-in-only': 'built-in only',
  },
  columns: { name: 'Connection', model: 'Model', concurrency: 'At once', state: 'State' },
  noKey: 'no key',
  states: { ready: 'ready', offline: 'offline', blocked: 'blocked' },
};

export const usageText = {
  batches: (requests: string, input: string, output: string, cost: string): string =>
    `Of these as batches: ${requests} · ${input} tokens in, ${output} out · ${cost}`,
  nothing: 'Nothing was sent, nothing was spent.',
  day: 'Day',
  model: 'Model',
  unknownModel: '(not said)',
  folder: 'Folder',
  noFolder: '(removed since, or a test of a connection)',
  columns: {
    requests: 'Requests',
    input: 'Tokens in',
    output: 'Tokens out',
    transactions: 'Transactions',
    cost: 'Cost',
  },
  total: (requests: string, cost: string): string => `${requests} · ${cost}`,
  unexplained: (requests: string): string =>
    `Of these, ${requests} may have been charged without the service saying how much; counted at the most that it can be:`,
  unknownPrice: 'price unknown',
  atLeast: (cost: string): string => `at least ${cost}`,
  atMost: (cost: string): string => `at most ${cost}`,
  pending: 'on its way',
  failed: 'the service broke off with an error',
  noUsage: 'the service did not say what it used',
};

export const foldersText = {
  none: `There is no folder in the library. Add one: ${programName} folders add FOLDER`,
  index: 'new photos are listed',
  describe: (connection: string, monthlyBudget: string | undefined): string =>
    `new photos are described with ${connection}${monthlyBudget === undefined ? '' : `, up to ${monthlyBudget} a month`}`,
  ignores: (patterns: string): string => `ignores ${patterns}`,
  ignoresNow: (path: string, patterns: string): string => `${path}: ignores ${patterns}`,
  ignoresNothing: (path: string): string => `${path}: ignores nothing of its own`,
  added: (path: string): string => `Added: ${path}`,
  isPartOf: (path: string, root: string): string => `${path} is in the library already, as part of ${root}.`,
  isAdded: (path: string): string => `${path} is in the library already.`,
  scanNext: `Scan it now: ${programName} scan`,
  removeQuestion: (path: string): string =>
    `Take ${path} out of the library, with everything that was said of its photos? The files stay.`,
  removeNeedsYes: 'Everything that was said of its photos would be lost. Say --yes. The files stay.',
  removed: (path: string, photos: string): string => `Taken out: ${path}, ${photos}. The files stay.`,
  relinked: (path: string): string => `The folder is now ${path}.`,
  ruleNeedsBudget: 'It needs a monthly --budget: this rule can cost money while nobody is there to be asked.',
};

export const runsText = {
  none: 'There were no runs yet.',
  columns: {
    run: 'Run',
    started: 'Started',
    connection: 'Connection',
    photos: 'Described',
    failed: 'Failed',
    left: 'Left',
    cost: 'Cost',
    state: 'State',
  },
  states: {
    running: 'running',
    paused: 'paused',
    finished: 'finished',
    canceled: 'canceled',
    undone: 'undone',
  },
  waiting: 'waiting',
  title: (id: number, connection: string, state: string): string => `Run ${id} · ${connection} · ${state}`,
  times: (start: string, end: string | undefined): string =>
    end === undefined ? `Started ${start}` : `Started ${start}, ended ${end}`,
  progress: (described: number, copies: number, failed: number, left: number): string =>
    [
      `${formatCount(described)} described`,
      ...(copies > 0 ? [plural(copies, 'copy', 'copies')] : []),
      ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
      ...(left > 0 ? [`${formatCount(left)} left`] : []),
    ].join(' · '),
  /** Who described how many, of a run with a second connection. */
  describedBy: (shares: readonly { connection: string; photos: number }[]): string =>
    `Described by ${shares.map(({ connection, photos }) => `${connection} ${formatCount(photos)}`).join(', ')}`,
  used: (requests: string, input: string, output: string, cost: string, planned: string): string =>
    `${requests} · ${input} tokens in, ${output} out · ${cost}${planned === '' ? '' : ` (planned: ${planned})`}`,
  budget: (budget: string): string => `Budget ${budget}`,
  batch: (id: number, sentence: string): string => `Run ${id}: ${sentence}`,
  options: (detail: string, prompt: string, language: string, fields: string): string =>
    `Detail ${detail} · prompt ${prompt} · language ${language} · ${fields}`,
  undone: (id: number, photos: string): string =>
    `Run ${id} is undone, for ${photos}: what was said before counts again. What it cost stays in the ledger.`,
  changed: (id: number, state: string): string => `Run ${id} is ${state}.`,
  resumed: (id: number): string => `Run ${id} goes on with the next describe.`,
};

const kinds: Readonly<Record<string, string>> = {
  'ingest-file': 'reading files',
  'read-movie': 'movies of Live Photos',
  'make-thumbnail': 'thumbnails',
  'thorough-facts': 'details by ExifTool',
  'caption-asset': 'describing photos',
};

export const queueText = {
  empty: 'Nothing waits.',
  columns: { work: 'Work', waiting: 'Waiting', held: 'Held', running: 'Running' },
  kinds,
  rests: {
    person: 'Paused',
    'rate-limit': 'Resting at the service’s wish',
    offline: 'Waiting for the network',
    blocked: 'Blocked',
  },
  until: (time: string): string => `until ${time}`,
  runs: (ids: readonly number[]): string => `${ids.length === 1 ? 'run' : 'runs'} ${ids.join(', ')}`,
  held: (id: number, photos: string): string => `Run ${id} holds ${photos}.`,
  resume: (id: number): string => `Go on with: ${programName} runs resume ${id}`,
  canceled: (photos: string): string => `Given up: ${photos}.`,
  paused: 'Paused. What is on its way is finished.',
  nothingToPause: 'Nothing runs, so there is nothing to pause.',
  pauseElsewhere: 'Press Ctrl-C there: what is left is kept, and the same command goes on.',
  resumed: 'Everything goes on with the next describe.',
  eachFailure: `See each of them: ${programName} search is:failed. Try them again: ${programName} queue retry [PHOTO…], then describe.`,
  nothingToRetry: 'Nothing of that has failed.',
  retried: (photos: string): string => `${photos} will be tried again by the next describe.`,
};
