import { protocol } from 'electron';
import { playFile } from '../app/host/play-file.ts';
import { readPageFile } from '../app/host/read-page-file.ts';
import { pageFile, type PageFolders } from '../app/host/page-file.ts';
import { securityHeaders } from '../app/host/security-headers.ts';
import { decoderScheme } from './decoder/decoder-address.ts';

/** The page's own address: everything that it loads lies beside it. */
export const appScheme = 'app';
const appHost = 'cutline';
export const pageUrl = `${appScheme}://${appHost}/`;

/** To be called before the application is ready. No `bypassCSP`, no `corsEnabled`: a page of ours needs neither. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
    },
    { scheme: decoderScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Whether an address is our own page's, or of something beside it. */
export function isOwnAddress(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${appScheme}:` && parsed.host === appHost;
}

export function serveApp(folders: PageFolders): void {
  protocol.handle(appScheme, (request) => answer(request, folders));
}

/** The same addresses, files and headers as in a browser (`app/host/web/answer.ts`). */
async function answer(request: Request, folders: PageFolders): Promise<Response> {
  const notFound = new Response('Not found.\n', { status: 404, headers: { ...securityHeaders } });
  if (request.method !== 'GET' || !isOwnAddress(request.url)) return notFound;
  const { pathname, search } = new URL(request.url);
  const file = pageFile(pathname + search, folders);
  if (file?.isPlayed === true) {
    const played = await playFile(file.path, request.headers.get('range'));
    return new Response(played.bytes, {
      status: played.status,
      headers: { ...securityHeaders, ...played.headers },
    });
  }
  const bytes = file === undefined ? undefined : await readPageFile(file);
  if (file === undefined || bytes === undefined) return notFound;
  return new Response(bytes, {
    headers: {
      ...securityHeaders,
      'content-type': file.contentType,
      'content-length': String(bytes.byteLength),
      'cache-control': file.cacheControl,
    },
  });
}
