import { listOf, objectOf, omitUndefined, textOf, wordOf, type JsonObject } from '../wire.ts';
import { parseTimeSpan } from './time-span.ts';

/** What video retrieval answers (AZURE §6), read leniently: what is unknown is left out, and what is not understood is none. */

export type IndexField = {
  readonly name: string;
  readonly type: 'string' | 'datetime';
  readonly searchable: boolean;
  readonly filterable: boolean;
};

export type VideoIndex = {
  readonly name: string;
  readonly features: readonly string[];
  /** Their names in lower case, as the service keeps them. */
  readonly fields: readonly IndexField[];
  readonly createdAt?: string;
};

/** `unknown`: a word that is not in the reference; it is asked for again like `running`. */
export type IngestionState =
  | 'not-started'
  | 'running'
  | 'completed'
  | 'failed'
  | 'partially-succeeded'
  | 'unknown';

export type Ingestion = {
  readonly name: string;
  readonly state: IngestionState;
  /** Why all of it failed. */
  readonly reason?: string;
  /** With the details only. */
  readonly documents: readonly DocumentStatus[];
};

export type DocumentStatus = {
  readonly documentId: string;
  /** `undefined` while nobody knows. */
  readonly succeeded?: boolean;
  readonly reason?: string;
};

export type IndexDocument = {
  readonly documentId: string;
  /** Without its signature. */
  readonly url?: string;
  readonly reason?: string;
};

/** A place in a video that a query found. Times are milliseconds from its beginning. */
export type Hit = {
  readonly documentId: string;
  readonly kind: 'frame' | 'speech';
  readonly startMs: number;
  readonly endMs: number;
  readonly bestMs: number;
  readonly relevance: number;
};

export function readIndex(value: unknown): VideoIndex | undefined {
  const index = objectOf(value);
  const name = textOf(index?.['name']);
  if (name === undefined) return undefined;
  const schema = objectOf(index?.['metadataSchema']);
  return {
    name,
    features: itemsOf(index, 'features').flatMap((feature) => textOf(feature['name']) ?? []),
    fields: itemsOf(schema, 'fields').flatMap((field) => {
      const fieldName = textOf(field['name'])?.toLowerCase();
      if (fieldName === undefined) return [];
      const isDate = textOf(field['type'])?.toLowerCase() === 'datetime';
      return {
        name: fieldName,
        type: isDate ? ('datetime' as const) : ('string' as const),
        searchable: field['searchable'] === true,
        filterable: field['filterable'] === true,
      };
    }),
    ...omitUndefined({ createdAt: textOf(index?.['createdDateTime']) }),
  };
}

const states: Readonly<Record<string, IngestionState>> = {
  notstarted: 'not-started',
  running: 'running',
  completed: 'completed',
  succeeded: 'completed',
  failed: 'failed',
  partiallysucceeded: 'partially-succeeded',
};

/** The reference and the samples write states differently. */
export function readState(word: string | undefined): IngestionState {
  return states[(word ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')] ?? 'unknown';
}

export function readIngestion(value: unknown): Ingestion | undefined {
  const ingestion = objectOf(value);
  const name = textOf(ingestion?.['name']);
  if (ingestion === undefined || name === undefined) return undefined;
  return {
    name,
    state: readState(wordOf(ingestion['state'])),
    ...omitUndefined({ reason: reasonOf(ingestion['error']) }),
    documents: itemsOf(ingestion, 'fileStatusDetails').flatMap((detail) => {
      const documentId = textOf(detail['documentId']);
      if (documentId === undefined) return [];
      const { succeeded } = detail;
      return {
        documentId,
        ...omitUndefined({
          succeeded: typeof succeeded === 'boolean' ? succeeded : undefined,
          reason: reasonOf(detail['error']),
        }),
      };
    }),
  };
}

export function readDocument(value: unknown): IndexDocument | undefined {
  const document = objectOf(value);
  const documentId = textOf(document?.['documentId']);
  if (documentId === undefined) return undefined;
  const url = textOf(document?.['documentUrl'])?.replace(/\?.*$/s, '');
  return { documentId, ...omitUndefined({ url, reason: reasonOf(document?.['error']) }) };
}

export function readHit(value: unknown): Hit | undefined {
  const hit = objectOf(value);
  const documentId = textOf(hit?.['documentId']);
  const startMs = parseTimeSpan(textOf(hit?.['start']) ?? '');
  if (documentId === undefined || startMs === undefined) return undefined;
  const relevance = hit?.['relevance'];
  return {
    documentId,
    kind: /speech/i.test(textOf(hit?.['documentKind']) ?? '') ? 'speech' : 'frame',
    startMs,
    endMs: parseTimeSpan(textOf(hit?.['end']) ?? '') ?? startMs,
    bestMs: parseTimeSpan(textOf(hit?.['best']) ?? '') ?? startMs,
    relevance: typeof relevance === 'number' ? relevance : 0,
  };
}

/** Message and code of an error as the service nests it; `undefined` for `null` and for none. */
function reasonOf(value: unknown): string | undefined {
  const error = objectOf(value);
  if (error === undefined) return textOf(value);
  const inner = objectOf(error['innerError']) ?? objectOf(error['innererror']);
  return (
    textOf(inner?.['message']) ??
    textOf(error['message']) ??
    textOf(inner?.['code']) ??
    textOf(error['code']) ??
    'It does not say why.'
  );
}

function itemsOf(holder: JsonObject | undefined, name: string): JsonObject[] {
  return (listOf(holder?.[name]) ?? []).map(objectOf).filter((item) => item !== undefined);
}
