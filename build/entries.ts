/** @file What `npm run build` makes: one file per process that Cutline starts. */

/**
 * The built file in `out/`, without its ending, and the source it is made from. The code starts such a process with
 * `new URL('./the-source.ts', import.meta.url)`; the build puts the built file's name in its place, and refuses a
 * source that is missing here.
 */
export const entries: Readonly<Record<string, string>> = {
  'cli/cutline': 'app/cli/main.ts',
  'engine/upkeep': 'app/engine/upkeep-process.ts',
  'host/engine': 'app/host/engine-process.ts',
  'imaging/decoder': 'app/imaging/decoder-process.ts',
  'imaging/text-reader': 'app/imaging/text-reader-process.ts',
  'library/watch': 'app/library/watch-process.ts',
  'video/header': 'app/video/header-thread.ts',
};

/**
 * What runs inside Electron: as `entries`, but with everything in it, since only the engine has packages beside it. A
 * sandboxed preload script can be neither a module nor more than one file.
 */
export const shellEntries: Readonly<
  Record<string, { readonly source: string; readonly format: 'es' | 'cjs' }>
> = {
  'main/index': { source: 'main/index.ts', format: 'es' },
  'preload/preload': { source: 'main/preload.ts', format: 'cjs' },
};

/** What runs in a page of its own beside the window: one file each, with everything in it. */
export const pageEntries: Readonly<Record<string, string>> = {
  'decoder/page': 'main/decoder/page/page.ts',
};
