/** @file Video retrieval of Azure AI Vision (AZURE §6): what each path does, and the faults that a test asked for. */

import type { IncomingHttpHeaders } from 'node:http';
import { gatewayError, Refusal, resourceNotFound } from '../errors.ts';
import type { JournalEntry } from '../journal.ts';
import { errorReply, jsonReply, textReply, type Reply } from '../reply.ts';
import { badRequest, type Json } from './body.ts';
import { IndexShelf, showDocument, showIndex, type StoredIndex } from './indexes.ts';
import { IngestionDesk, type RetrievalOptions } from './ingestions.ts';
import { answerQuery } from './query.ts';

type Asked = {
  readonly url: URL;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type RetrievalFault = {
  /** Such as `GET ingestions`. */
  readonly on: string;
  readonly kind: 'rate-limited' | 'unavailable' | 'cut' | 'done-and-cut' | 'html-200';
};

/** What a test sees and steers. */
export type EmulatedRetrieval = {
  readonly indexes: readonly StoredIndex[];
  nextFault(fault: RetrievalFault): void;
};

const base = '/computervision/retrieval/';
const versionHeader = { 'api-supported-versions': '2023-01-15-preview,2023-05-01-preview' };

export function isRetrieval(pathname: string): boolean {
  return pathname.startsWith(base);
}

export class RetrievalService implements EmulatedRetrieval {
  readonly #options: RetrievalOptions;
  readonly #shelf = new IndexShelf();
  readonly #desk: IngestionDesk;
  readonly #faults: RetrievalFault[] = [];

  constructor(options: RetrievalOptions = {}) {
    this.#options = options;
    this.#desk = new IngestionDesk(options);
  }

  get indexes(): readonly StoredIndex[] {
    return this.#shelf.all;
  }

  nextFault(fault: RetrievalFault): void {
    this.#faults.push(fault);
  }

  /** Throws `Refusal`. */
  async serve(asked: Asked, entry: JournalEntry): Promise<Reply> {
    const isKnownVersion = asked.url.searchParams.get('api-version') === '2023-05-01-preview';
    if (this.#options.isRetired === true || !isKnownVersion) throw new Refusal(resourceNotFound);
    const { pathname } = asked.url;
    const [noun = '', ...rest] = decodeURI(pathname.slice(base.length)).split('/');
    if (noun !== 'indexes') throw new Refusal(resourceNotFound);
    const wish = `${asked.method} ${rest.length === 0 ? 'indexes' : (rest[1] ?? (pathname.endsWith(':queryByText') ? 'query' : 'index'))}`;
    const index = this.#faults.findIndex(({ on }) => on === wish);
    const [fault] = index === -1 ? [] : this.#faults.splice(index, 1);
    entry.fault = fault?.kind;
    const broken = failingReply(fault);
    if (broken !== undefined) return broken;
    const reply = await this.#act(asked, rest, entry);
    return {
      ...reply,
      headers: { ...reply.headers, ...versionHeader },
      ...(fault?.kind === 'done-and-cut' && { wire: { end: 'cut-before-headers' as const } }),
    };
  }

  async #act(asked: Asked, rest: readonly string[], entry: JournalEntry): Promise<Reply> {
    const { method, url } = asked;
    const [name, noun, item, ...more] = rest;
    if (more.length > 0) throw new Refusal(resourceNotFound);
    if (name === undefined) {
      if (method !== 'GET') throw new Refusal(gatewayError(405, '405', 'Method not allowed'));
      return page(asked, this.#shelf.all.map(showIndex));
    }
    if (noun === undefined) return this.#actOnIndex(asked, name, entry);
    const index = this.#shelf.get(name);
    if (noun === 'documents' && item === undefined && method === 'GET') {
      return page(asked, [...index.documents.values()].map(showDocument));
    }
    if (noun !== 'ingestions') throw new Refusal(resourceNotFound);
    if (item === undefined && method === 'GET') {
      return page(
        asked,
        this.#desk.list(index).map((one) => this.#desk.show(one, false)),
      );
    }
    if (item === undefined) throw new Refusal(resourceNotFound);
    if (method === 'PUT') {
      const created = this.#desk.create(index, item, readJson(asked, entry));
      return jsonReply(202, this.#desk.show(created, false), {
        headers: { 'operation-location': url.href },
      });
    }
    if (method !== 'GET') throw new Refusal(gatewayError(405, '405', 'Method not allowed'));
    const level = url.searchParams.get('detailLevel');
    if (level !== null && level !== 'summary' && level !== 'document') {
      badRequest("'detailLevel' must be summary or document.", 'detailLevel');
    }
    return jsonReply(200, this.#desk.show(await this.#desk.look(index, item), level === 'document'));
  }

  #actOnIndex(asked: Asked, name: string, entry: JournalEntry): Reply {
    const { method } = asked;
    if (method === 'POST' && name.endsWith(':queryByText')) {
      const index = this.#shelf.get(name.slice(0, -':queryByText'.length));
      return jsonReply(200, answerQuery(index, readJson(asked, entry)));
    }
    switch (method) {
      case 'PUT':
        return jsonReply(201, showIndex(this.#shelf.create(name, readJson(asked, entry))));
      case 'PATCH':
        return jsonReply(200, showIndex(this.#shelf.update(name, readJson(asked, entry))));
      case 'GET':
        return jsonReply(200, showIndex(this.#shelf.get(name)));
      case 'DELETE':
        this.#shelf.delete(name);
        return textReply(204, 'application/json', '');
      default:
        throw new Refusal(gatewayError(405, '405', 'Method not allowed'));
    }
  }
}

function failingReply(fault: RetrievalFault | undefined): Reply | undefined {
  switch (fault?.kind) {
    case 'rate-limited': {
      const headers = { 'retry-after': '1' };
      return errorReply(gatewayError(429, '429', 'Too many requests.', headers), '429');
    }
    case 'unavailable':
      return errorReply(gatewayError(503, 'ServiceUnavailable', 'The service is unavailable.'), '503');
    case 'html-200':
      return textReply(200, 'text/html', '<!DOCTYPE html><h1>Sign in</h1>');
    case 'cut':
      return { ...jsonReply(200, {}), wire: { end: 'cut-before-headers' } };
    default:
      return undefined;
  }
}

function readJson({ headers, body }: Asked, entry: JournalEntry): unknown {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(gatewayError(415, '415', 'Unsupported media type: the body must be application/json.'));
  }
  try {
    entry.body = JSON.parse(body.toString('utf8'));
  } catch {
    badRequest('The body is no JSON.');
  }
  return entry.body;
}

const mostOnPage = 100;

function page({ url }: Asked, all: readonly Json[]): Reply {
  const skip = Number(url.searchParams.get('$skip') ?? '0');
  const top = Number(url.searchParams.get('$top') ?? '20');
  if (!Number.isInteger(skip) || skip < 0) badRequest("'$skip' must be a whole number.", '$skip');
  if (!Number.isInteger(top) || top < 1) badRequest("'$top' must be a whole number.", '$top');
  const end = skip + Math.min(top, mostOnPage);
  const next = new URL(url);
  next.searchParams.set('$skip', String(end));
  return jsonReply(200, {
    value: all.slice(skip, end),
    ...(end < all.length ? { nextLink: next.href } : {}),
  });
}
