import { programName } from './program-name.ts';

/** What `--help` says. */
export const helpText = {
  program: 'Describes your photos, and finds them again by their descriptions. Originals are never changed.',
  version: 'the version',
  library: 'where the library is (default: the data folder of this system)',
  json: 'JSON on stdout: one document, or one object per line',
  exitStatus: `
Exit status: 0 done; 1 done, with failures that were listed; 2 wrong usage or settings;
3 cannot go on now, the queue is kept; 130 stopped by Ctrl-C, 143 by SIGTERM.
With --json an error is the last line of stdout: {"error":{"code","message"}}.`,
  folders: 'folders of photos (default: all folders of the library)',
  describe: 'describe photos: add folders, scan, say what it costs, describe',
  describeLong:
    'Adds the folders if they are new, scans them, says what would be sent and cost, and describes what this connection has not described. The same command again goes on where it stopped.',
  plan: 'what describe would send and cost; sends nothing',
  planLong:
    'What describe would send and cost. Sends nothing, and leaves nothing behind for folders that are not in the library.',
  budget: 'most that may be spent, in US dollars',
  monthlyBudget: 'most that may be spent in a month, in US dollars',
  yes: 'spend what the plan says without being asked',
  yesRemove: 'without being asked',
  wait: 'wait for the network, the service or the library instead of giving up',
  search: 'find photos by words and filters; an empty query lists all',
  searchLong:
    'Finds photos by the words of their descriptions, names, places and cameras, and by filters: dog beach year:2019 camera:"Nikon D40" rating:>=3 -kw:leash is:undescribed',
  query: 'words and filters',
  searchLimit: 'at most so many',
  sort: 'order of what was found (default: relevance, newest without words)',
  show: 'everything about one photo',
  photo: 'path or id of the photo',
  scan: 'look for new, changed, moved and missing files; describe nothing',
  watch: 'stay and follow the folders, by the rule of each',
  watchLong: `Follows the folders of the library until Ctrl-C: files that appear are read, and described where the rule of their folder says so (${programName} folders rule).`,
  status: 'what the library holds, what waits, what was spent',
  usage: 'tokens and money by day and model',
  since: 'only from this day on, such as 2026-01-31',
  ofRun: 'only of this run',
  connections: 'the connections that the library knows',
  foldersGroup: 'list, add, remove or relink folders; rules and privacy',
  foldersList: 'list the folders of the library',
  foldersAdd: 'add folders, without scanning them yet',
  foldersRemove: 'take a folder out of the library, with what was said of its photos; files stay',
  foldersRelink: 'tell where a folder is now',
  foldersRule: 'what happens to photos that appear: index lists them, describe describes them',
  foldersPrivacy: 'where photos of a folder may be sent',
  foldersIgnore: 'what to pass over in a folder, as in .gitignore; no pattern: nothing',
  patterns: 'such as "*.tif" or "rejected/"',
  runs: 'list, show, pause, resume, cancel or undo runs',
  runsList: 'list runs, newest first',
  runsShow: 'plan, progress, cost and failures of a run',
  runsResume: 'let a paused run go on with the next describe',
  runsChange: {
    pause: 'hold what waits of a run',
    cancel: 'give up what waits of a run',
    undo: 'take back everything that a run said',
  },
  runId: 'number of the run',
  queue: 'list, pause, resume, retry or cancel what waits',
  queueList: 'what waits, what rests and why, what failed',
  queueRetry: 'let what failed be tried again by the next describe',
  queueChange: {
    pause: 'hold everything that waits',
    resume: 'let everything go on with the next describe',
    cancel: 'give up everything that waits',
  },
  code: 'only failures of this kind, such as content-filtered',
} as const;
