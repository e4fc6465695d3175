import ignore from 'ignore';

/** What a scan passes over, for a name inside a folder and for its path from the root. */
export type IgnoreRules = (relativePath: string, name: string, isFolder: boolean) => boolean;

/** Folders of other programs and systems: thousands of small previews that nobody took (DESIGN §4.1). */
const ignoredFolders = new Set([
  'captureone',
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '__macosx',
]);
const ignoredFolderEndings = [
  '.lrdata',
  '.lrcat-data',
  '.photoslibrary',
  '.photolibrary',
  '.aplibrary',
  '.migratedphotolibrary',
  '.cocatalog',
  '.cosessiondb',
  '.dtrash',
];
/** As their systems write them: most names are looked at here, so nothing is made lower case. */
const ignoredFiles = new Set([
  'Thumbs.db',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'Desktop.ini',
  'Icon\r',
]);

/** Their last characters: of a name that ends in another one nothing more is asked. */
const lastUnits = new Set([...ignoredFiles].map((name) => name.charCodeAt(name.length - 1)));

/** A stub that iCloud leaves in place of a file that is not downloaded: `.IMG_0001.HEIC.icloud`. */
export function isCloudStub(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.icloud');
}

/** The default rules and, after them, a root's own patterns in gitignore syntax. */
export function createIgnoreRules(patterns: readonly string[]): IgnoreRules {
  if (patterns.length === 0) return (_relativePath, name, isFolder) => isIgnoredByDefault(name, isFolder);
  const own = ignore().add([...patterns]);
  return (relativePath, name, isFolder) =>
    isIgnoredByDefault(name, isFolder) || own.ignores(isFolder ? `${relativePath}/` : relativePath);
}

function isIgnoredByDefault(name: string, isFolder: boolean): boolean {
  if (name.startsWith('.')) return isFolder || !isCloudStub(name);
  if (!isFolder) return lastUnits.has(name.charCodeAt(name.length - 1)) && ignoredFiles.has(name);
  const lower = name.toLowerCase();
  return ignoredFolders.has(lower) || ignoredFolderEndings.some((ending) => lower.endsWith(ending));
}
