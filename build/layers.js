/**
 * @file Who may import whom: the one table of layers and doors.
 *
 * Both are closed: a folder of `app/` that is not in `layers`, and a package that is not in `doors`, is an error.
 * build/dependency-cruiser.mjs makes the rules from these tables, build/check-layers.mjs applies them (`npm run check`),
 * and app/README.md explains them.
 */

/**
 * A layer is a folder of `app/`, or the files that `files` describes. It may import itself and what is listed.
 *
 * @type {Record<string, { is: string, files?: string, mayImport: readonly string[] }>}
 */
export const layers = {
  contract: {
    is: 'what crosses the port: models, procedures, events, error codes and messages; no Node, no DOM',
    mayImport: [],
  },
  platform: {
    is: 'log, clock, errors, atomic file, child process, secrets: no domain words',
    mayImport: ['contract'],
  },
  db: {
    is: 'opens SQLite; migrations',
    mayImport: ['contract', 'platform'],
  },
  imaging: {
    is: 'bytes in, bytes out: decode, resize, thumbnails',
    mayImport: ['contract', 'platform'],
  },
  metadata: {
    is: 'Exif, IPTC, XMP, sidecars',
    mayImport: ['contract', 'platform'],
  },
  video: {
    is: 'probe, frames',
    mayImport: ['contract', 'platform', 'imaging'],
  },
  providers: {
    is: 'who answers; the only code that talks to models and cloud services',
    mayImport: ['contract', 'platform'],
  },
  settings: {
    is: 'settings, with their defaults and checks',
    mayImport: ['contract', 'platform', 'db'],
  },
  queue: {
    is: 'durable jobs; knows nothing of photos',
    mayImport: ['contract', 'platform', 'db'],
  },
  library: {
    is: 'folders, scan, watch, reconcile, assets, renditions',
    mayImport: ['contract', 'platform', 'db', 'settings', 'imaging', 'metadata', 'video'],
  },
  captioning: {
    is: 'prompt, response schema, vocabulary, plan, captions',
    mayImport: [
      'contract',
      'platform',
      'db',
      'settings',
      'providers',
      'imaging',
      'video',
      'library',
      'usage',
    ],
  },
  usage: {
    is: 'ledger, cost, budget',
    mayImport: ['contract', 'platform', 'db', 'settings', 'providers'],
  },
  threads: {
    is: 'questions about photos, their answers, and what goes along with the next one',
    mayImport: [
      'contract',
      'platform',
      'db',
      'settings',
      'providers',
      'imaging',
      'library',
      'usage',
      'captioning',
    ],
  },
  search: {
    is: 'query language, full text, facets, similarity',
    mayImport: ['contract', 'platform', 'db'],
  },
  jobs: {
    is: 'one file per job kind; joins the slices',
    mayImport: [
      'contract',
      'platform',
      'db',
      'imaging',
      'metadata',
      'video',
      'providers',
      'settings',
      'queue',
      'library',
      'captioning',
      'usage',
      'threads',
      'search',
    ],
  },
  engine: {
    is: 'composition root: makes the parts and passes each what it needs',
    files: '^app/engine(?:/|\\.ts$)',
    mayImport: [
      'contract',
      'platform',
      'db',
      'imaging',
      'metadata',
      'video',
      'providers',
      'settings',
      'queue',
      'library',
      'captioning',
      'usage',
      'threads',
      'search',
      'jobs',
    ],
  },
  host: {
    is: 'ways to reach an engine from another process',
    // Of the library only where its files are: a page asks for them by id.
    mayImport: ['contract', 'platform', 'engine', 'library'],
  },
  cli: {
    is: 'the terminal; `serve` starts a host',
    mayImport: ['contract', 'platform', 'engine', 'host'],
  },
  main: {
    is: 'the desktop shell: windows, dialogs, what the system keeps; passes on what page and engine say',
    files: '^main/',
    mayImport: ['contract', 'platform', 'host'],
  },
  renderer: {
    is: 'the window: React; knows the engine by its contract alone',
    files: '^renderer/',
    mayImport: ['contract'],
  },
};

/**
 * Which files may import a package: each entry is the beginning of a path. `import type` counts too.
 * The reason for each package is in build/dependencies.md.
 *
 * @type {Record<string, readonly string[]>}
 */
export const doors = {
  '@azure/identity': ['app/providers/entra'],
  '@base-ui/react': ['renderer/'],
  '@napi-rs/keyring': ['app/platform/'],
  '@tanstack/react-query': ['renderer/'],
  '@xmldom/xmldom': ['app/metadata/'],
  'better-sqlite3': ['app/db/'],
  chokidar: ['app/library/watch'],
  commander: ['app/cli/'],
  electron: ['main/'],
  'env-paths': ['app/platform/'],
  exifreader: ['app/metadata/'],
  'exiftool-vendored': ['app/metadata/'],
  ignore: ['app/library/'],
  'jxl-oxide-wasm': ['app/imaging/'],
  'libheif-js': ['app/imaging/'],
  'lucide-react': ['renderer/'],
  mediabunny: ['app/video/', 'main/decoder/page/'],
  openai: ['app/providers/'],
  pino: ['app/platform/'],
  react: ['renderer/'],
  'react-dom': ['renderer/'],
  sharp: ['app/imaging/'],
  'string-width': ['app/cli/'],
  'tesseract.js': ['app/imaging/'],
  ws: ['app/host/web/'],
  zod: [
    'app/contract/',
    'app/settings/',
    'app/queue/',
    'app/captioning/',
    'app/providers/',
    'app/jobs/',
    'app/cli/',
    'app/host/',
    'app/platform/',
    'app/engine/keys',
    'main/',
  ],
  zustand: ['renderer/'],
};

/** The files outside `app/db/` that may import it: stores hold the SQL, the engine opens the library. */
export const databaseUsers = ['^app/.+-store\\.ts$', '^app/engine(?:/|\\.ts$)'];
