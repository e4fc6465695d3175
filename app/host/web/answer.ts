import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../../platform/log.ts';
import { pageFile, type PageFile, type PageFolders } from '../page-file.ts';
import { playFile } from '../play-file.ts';
import { readPageFile } from '../read-page-file.ts';
import { securityHeaders } from '../security-headers.ts';
import { guardRequest, type GuardRules } from './request-guard.ts';

export type Answering = { readonly rules: GuardRules; readonly folders: PageFolders; readonly log: Log };

const notBuilt = 'The window is not built yet. In the checkout, run: npm run build\n';

/** Answers one request for a file. Never throws: what cannot be read is said and logged. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { rules, folders, log }: Answering,
): Promise<void> {
  const verdict = guardRequest(request, rules);
  if (verdict.kind === 'refused') {
    log.warn('a request was refused', { reason: verdict.reason });
    if (verdict.status === 405) say(response, 405, 'Only GET is answered here.\n', { allow: 'GET' });
    else say(response, 403, 'Refused. Open Cutline by the address that it printed.\n');
    return;
  }
  const { address } = verdict;
  if (!address.startsWith('/')) {
    // Relative addresses of the page begin after the key's slash.
    say(response, 308, '', { location: `/${rules.key}/${address}` });
    return;
  }
  try {
    const file = pageFile(address, folders);
    if (file !== undefined && (await sendFile(file, request, response))) return;
    if (address === '/') say(response, 503, notBuilt);
    else say(response, 404, 'Not found.\n');
  } catch (error) {
    log.error('a file could not be served', { error });
    if (response.headersSent) response.destroy();
    else say(response, 500, 'The file cannot be read. The log has the details.\n');
  }
}

/** `false` when there is no such file. */
async function sendFile(
  file: PageFile,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (file.isPlayed === true) {
    const { status, headers, bytes } = await playFile(file.path, request.headers.range);
    response.writeHead(status, { ...securityHeaders, ...headers }).end(bytes);
    return true;
  }
  const bytes = await readPageFile(file);
  if (bytes === undefined) return false;
  response
    .writeHead(200, {
      ...securityHeaders,
      'content-type': file.contentType,
      'content-length': bytes.byteLength,
      'cache-control': file.cacheControl,
    })
    // A page that has gone on meanwhile is no error.
    .end(bytes);
  return true;
}

function say(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, {
      ...securityHeaders,
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
      ...headers,
    })
    .end(text);
}
