/** @file Ingestions: what is asked for at once, looked at, and then in the index or not. */

import { badRequest, dateAt, flagAt, listAt, objectAt, oneOf, refuse, textAt, type Json } from './body.ts';
import type { Segment, StoredIndex } from './indexes.ts';

export type RetrievalOptions = {
  /** As every server since 2025-06-30: none of its addresses is there. @default false */
  readonly isRetired?: boolean;
  /** What is in a video: the emulator sees none. @default nothing */
  readonly segmentsOf?: (documentId: string, bytes: Uint8Array) => readonly Segment[];
  /** How often an ingestion is asked for until it is over. @default 2 */
  readonly looksUntilOver?: number;
  /** The reference writes `partiallySucceeded`, the samples `Completed`. @default 'capital' */
  readonly states?: 'capital' | 'small';
  /** Documents that are not understood, whatever is in them. */
  readonly failing?: readonly string[];
};

type Video = {
  readonly mode: 'add' | 'update' | 'remove';
  readonly documentId: string;
  readonly documentUrl: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
};

type Status = {
  readonly documentId: string;
  readonly documentUrl: string;
  readonly succeeded: boolean;
  readonly lastUpdateTime: string;
  readonly error: Json | null;
};

type State = 'notStarted' | 'running' | 'completed' | 'failed' | 'partiallySucceeded';

export type Ingestion = {
  readonly name: string;
  readonly videos: readonly Video[];
  readonly createdAt: string;
  looks: number;
  state: State;
  statuses: readonly Status[];
};

/** The beginnings of the containers that the service reads. */
const magics: readonly ((head: string) => boolean)[] = [
  (head) => head.slice(4, 8) === 'ftyp',
  (head) => head.startsWith('\u001a\u0045\u00df\u00a3'),
  (head) => head.startsWith('RIFF'),
  (head) => head.startsWith('FLV'),
  (head) => head.startsWith('0&\u00b2u'),
];

export class IngestionDesk {
  readonly #options: RetrievalOptions;
  readonly #all = new Map<StoredIndex, Map<string, Ingestion>>();

  constructor(options: RetrievalOptions) {
    this.#options = options;
  }

  create(index: StoredIndex, name: string, body: unknown): Ingestion {
    const known = this.#of(index);
    if (known.has(name)) refuse(409, 'Conflict', `The ingestion '${name}' exists already.`);
    const ingestion: Ingestion = {
      name,
      videos: readVideos(body, index),
      createdAt: new Date().toISOString(),
      looks: 0,
      state: 'notStarted',
      statuses: [],
    };
    known.set(name, ingestion);
    return ingestion;
  }

  list(index: StoredIndex): readonly Ingestion[] {
    return [...this.#of(index).values()];
  }

  /** Each look brings it on. */
  async look(index: StoredIndex, name: string): Promise<Ingestion> {
    const ingestion =
      this.#of(index).get(name) ?? refuse(404, 'NotFound', `The ingestion '${name}' was not found.`);
    ingestion.looks += 1;
    if (ingestion.statuses.length > 0) return ingestion;
    ingestion.state = 'running';
    if (ingestion.looks < (this.#options.looksUntilOver ?? 2)) return ingestion;
    const statuses: Status[] = [];
    for (const video of ingestion.videos) statuses.push(await this.#work(index, video));
    ingestion.statuses = statuses;
    const failed = statuses.filter(({ succeeded }) => !succeeded).length;
    if (failed === 0) ingestion.state = 'completed';
    else ingestion.state = failed === statuses.length ? 'failed' : 'partiallySucceeded';
    return ingestion;
  }

  show(ingestion: Ingestion, hasDetails: boolean): Json {
    const { name, createdAt, state, statuses } = ingestion;
    const shown = this.#options.states === 'small' ? state : state.charAt(0).toUpperCase() + state.slice(1);
    const times = { createdDateTime: createdAt, lastModifiedDateTime: new Date().toISOString() };
    return {
      name,
      state: shown,
      ...times,
      ...(hasDetails ? { error: null, batchName: 'batch-0', fileStatusDetails: statuses } : {}),
    };
  }

  #of(index: StoredIndex): Map<string, Ingestion> {
    let known = this.#all.get(index);
    if (known === undefined) {
      known = new Map();
      this.#all.set(index, known);
    }
    return known;
  }

  async #work(index: StoredIndex, video: Video): Promise<Status> {
    const { mode, documentId, documentUrl = '' } = video;
    const end = (code?: string, message?: string): Status => ({
      documentId,
      documentUrl: documentUrl.replace(/\?.*$/s, ''),
      succeeded: code === undefined,
      lastUpdateTime: new Date().toISOString(),
      error: code === undefined ? null : { code, message, innerError: null },
    });
    const known = index.documents.get(documentId);
    if (mode !== 'add' && known === undefined) return end('DocumentNotFound', 'There is no such document.');
    if (mode === 'remove') {
      index.documents.delete(documentId);
      return end();
    }
    const now = new Date().toISOString();
    if (mode === 'update' && known !== undefined) {
      known.metadata = { ...known.metadata, ...video.metadata };
      known.changedAt = now;
      return end();
    }
    const bytes = await download(documentUrl);
    if (bytes === undefined) return end('VideoInaccessible', 'The video could not be read at its address.');
    const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
    if (this.#options.failing?.includes(documentId) === true || !magics.some((isOne) => isOne(head))) {
      return end('UnsupportedVideoFormat', 'The video format is not supported.');
    }
    index.documents.set(documentId, {
      documentId,
      documentUrl: documentUrl.replace(/\?.*$/s, ''),
      metadata: video.metadata,
      segments: this.#options.segmentsOf?.(documentId, bytes) ?? [],
      createdAt: known?.createdAt ?? now,
      changedAt: now,
    });
    return end();
  }
}

/** By the address that it was given: whoever cannot read it there gets no video into an index. */
async function download(url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.status === 200 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function readVideos(body: unknown, index: StoredIndex): Video[] {
  const request = objectAt(body, 'body', [
    'videos',
    'moderation',
    'generateInsightIntervals',
    'documentAuthenticationKind',
    'filterDefectedFrames',
    'includeSpeechTranscript',
  ]);
  for (const name of [
    'moderation',
    'generateInsightIntervals',
    'filterDefectedFrames',
    'includeSpeechTranscript',
  ]) {
    flagAt(request[name], name);
  }
  const { documentAuthenticationKind: kind = 'none' } = request;
  oneOf(kind, 'documentAuthenticationKind', ['none', 'managedIdentity']);
  if (request['includeSpeechTranscript'] === true && !index.features.some(({ name }) => name === 'speech')) {
    badRequest('The index has no feature speech.', 'includeSpeechTranscript');
  }
  const videos = listAt(request['videos'], 'videos').map((value) => readVideo(value, index));
  if (videos.length === 0) badRequest("'videos' must not be empty.", 'videos');
  if (new Set(videos.map(({ documentId }) => documentId)).size < videos.length) {
    badRequest('A document is named twice.', 'videos');
  }
  return videos;
}

function readVideo(value: unknown, index: StoredIndex): Video {
  const known = ['mode', 'documentId', 'documentUrl', 'metadata', 'userData'];
  const { mode = 'add', documentId, documentUrl, metadata } = objectAt(value, 'video', known);
  const read = oneOf(mode, 'mode', ['add', 'update', 'remove']);
  if (read === 'add') {
    const url = URL.parse(textAt(documentUrl, 'documentUrl'));
    if (url === null || !/^https?:$/.test(url.protocol)) badRequest('It is no address.', 'documentUrl');
  }
  return {
    mode: read,
    documentId: textAt(documentId, 'documentId'),
    documentUrl: documentUrl === undefined ? undefined : textAt(documentUrl, 'documentUrl'),
    metadata: readMetadata(metadata ?? {}, index),
  };
}

function readMetadata(value: unknown, index: StoredIndex): Readonly<Record<string, string>> {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const metadata = objectAt(value, 'metadata', names);
  return Object.fromEntries(
    Object.entries(metadata).map(([name, one]) => {
      const field = index.fields.find((known) => known.name === name.toLowerCase());
      if (field === undefined) badRequest(`The schema has no field '${name}'.`, name);
      if (field.type === 'datetime') dateAt(one, name);
      return [field.name, textAt(one, name)];
    }),
  );
}
