import { readFile } from 'node:fs/promises';
import { readPart } from '../../app/host/play-file.ts';
import { pageAnswer, type PageAnswer, type PageWish } from './decoder-words.ts';

/** What the decoder page may have and say, as the main process has it. */
export type DecoderDesk = {
  /** The page's script, built. */
  readonly script: string;
  /** Resolves when there is something to do. */
  nextWish(): Promise<PageWish>;
  /** Of a name; `undefined` when it is none that is being worked on. */
  pathOf(name: string): string | undefined;
  answered(answer: PageAnswer, jpeg: Buffer): void;
};

const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

const html = '<!doctype html><meta charset="utf-8" /><script type="module" src="page.js"></script>';

/** A frame of 2 560 pixels is one or two. */
const mostJpegBytes = 24 * 1024 * 1024;
/** Key frames of 4K are some hundred kilobytes. */
const mostPartBytes = 4 * 1024 * 1024;

/** What becomes of an address of the decoder page's scheme: see `decoder-words.ts`. */
export async function answerDecoder(request: Request, desk: DecoderDesk): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'GET /':
      return respond(html, { 'content-type': 'text/html; charset=utf-8' });
    case 'GET /page.js':
      return respond(await readFile(desk.script, 'utf8'), {
        'content-type': 'text/javascript; charset=utf-8',
      });
    case 'GET /wish':
      return respond(JSON.stringify(await desk.nextWish()), { 'content-type': 'application/json' });
    case 'POST /answer': {
      const said = pageAnswer.safeParse(Object.fromEntries(searchParams));
      const jpeg = Buffer.from(await request.arrayBuffer());
      if (!said.success || jpeg.length > mostJpegBytes) return respond('', {}, 400);
      desk.answered(said.data, jpeg);
      return respond('');
    }
  }
  const [, name = ''] = /^\/file\/([0-9a-f]+)$/.exec(pathname) ?? [];
  const path = request.method === 'GET' ? desk.pathOf(name) : undefined;
  if (path === undefined) return respond('', {}, 404);
  const playing = { path, contentType: 'application/octet-stream' };
  const part = await readPart(playing, request.headers.get('range'), mostPartBytes);
  return new Response(part.bytes, { status: part.status, headers: { ...headers, ...part.headers } });
}

function respond(body: string, more: Readonly<Record<string, string>> = {}, status = 200): Response {
  return new Response(body, { status, headers: { ...headers, ...more } });
}
