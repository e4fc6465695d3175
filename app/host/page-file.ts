import { extname, join, sep } from 'node:path';
import { assetId } from '../contract/ids.ts';
import { renditionKinds, renditionPath, type RenditionKind } from '../library/renditions.ts';
import { playingPath } from '../library/playing.ts';
import { resourcePath } from '../library/resources.ts';

/** A file that a page may have, and what its reader must be told. */
export type PageFile = {
  readonly path: string;
  readonly contentType: string;
  readonly cacheControl: string;
  /** The file only names another one, of which parts are asked for: [Note: Playing]. @default false */
  readonly isPlayed?: true;
};

export type PageFolders = {
  /** The built renderer. */
  readonly renderer: string;
  readonly library: string;
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};
const unknownType = 'application/octet-stream';

/** Its address changes when it does: the built file's by the hash in its name, the rendition's by `?v=`. */
const forGood = 'private, max-age=31536000, immutable';
const never = 'no-store';

/**
 * What a page's address means, in both hosts: a file of the renderer, a rendition, or a resource of the engine. A function
 * of its arguments alone; nothing that a page says ever becomes a path. `undefined` when it means none of them.
 *
 * @param address after the host's own beginning, percent-encoded as it came: `/`, `/photo/thumbnail/7?v=1` …
 */
export function pageFile(address: string, folders: PageFolders): PageFile | undefined {
  const [, encodedPath = '', query] = /^([^?#]*)(?:\?([^#]*))?/.exec(address) ?? [];
  const path = decoded(encodedPath);
  if (path === undefined || !path.startsWith('/')) return undefined;
  const segments = path.slice(1).split('/');
  if (segments[0] === 'photo') return pictureFile(segments.slice(1), query, folders.library);
  if (segments[0] === 'video') {
    const found = segments.length === 2 ? playingPath(folders.library, segments[1] ?? '') : undefined;
    return found === undefined
      ? undefined
      : { path: found, contentType: unknownType, cacheControl: never, isPlayed: true };
  }
  if (segments[0] === 'data') {
    const found = segments.length === 2 ? resourcePath(folders.library, segments[1] ?? '') : undefined;
    return found === undefined ? undefined : { path: found, contentType: unknownType, cacheControl: never };
  }
  return rendererFile(segments, folders.renderer);
}

function pictureFile(
  [kind = '', id = '', ...rest]: readonly string[],
  query: string | undefined,
  libraryFolder: string,
): PageFile | undefined {
  const parsed = assetId.safeParse(/^[1-9]\d{0,15}$/.test(id) ? Number(id) : undefined);
  if (!isRendition(kind) || !parsed.success || rest.length > 0) return undefined;
  const path = renditionPath(libraryFolder, parsed.data, kind);
  return {
    path,
    contentType: contentTypes[extname(path)] ?? unknownType,
    cacheControl: new URLSearchParams(query).has('v') ? forGood : never,
  };
}

function isRendition(kind: string): kind is RenditionKind {
  return (renditionKinds as readonly string[]).includes(kind);
}

function rendererFile(segments: readonly string[], folder: string): PageFile | undefined {
  const isIndex = segments.length === 1 && segments[0] === '';
  const names = isIndex ? ['index.html'] : segments;
  // Maps and dotfiles are none of a page's business, and no name may lead out of the folder.
  if (!names.every((name) => /^[\w@-][\w@.-]*$/.test(name) && !name.endsWith('.map'))) return undefined;
  const path = join(folder, ...names);
  if (!path.startsWith(folder + sep)) return undefined;
  return {
    path,
    contentType: contentTypes[extname(path)] ?? unknownType,
    cacheControl: names[0] === 'assets' ? forGood : never,
  };
}

function decoded(text: string): string | undefined {
  try {
    const result = decodeURIComponent(text);
    return result.includes('\0') || result.includes('\\') ? undefined : result;
  } catch {
    return undefined;
  }
}
