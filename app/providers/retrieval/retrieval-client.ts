import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/errors.ts';
import { listOf, objectOf, omitUndefined } from '../wire.ts';
import {
  readDocument,
  readHit,
  readIndex,
  readIngestion,
  type Hit,
  type IndexDocument,
  type IndexField,
  type Ingestion,
  type VideoIndex,
} from './answers.ts';
import { RetrievalExchange, unintelligible, type ExchangeOptions } from './retrieval-exchange.ts';

export type RetrievalOptions = ExchangeOptions & {
  /** Longest wait between two questions about an ingestion. @default 10 s, as the service's samples ask */
  readonly pollMs?: number | undefined;
};

export type NewVideo = {
  readonly documentId: string;
  /** With its signature: it is sent, and never kept. */
  readonly url: string;
  readonly metadata: Readonly<Record<string, string>>;
};

export type Question = {
  readonly text: string;
  readonly top: number;
  readonly features?: readonly ('vision' | 'speech')[] | undefined;
  /** Any of the values of a field. */
  readonly strings?: readonly { readonly field: string; readonly values: readonly string[] }[] | undefined;
  readonly times?:
    | readonly { readonly field: string; readonly start?: string; readonly end?: string }[]
    | undefined;
};

/**
 * Video retrieval of Azure AI Vision (AZURE §6). Every method rejects with an `AppError` whose sentence says what to do;
 * `retrieval-missing` where the endpoint does not have it (any more).
 */
export class RetrievalClient {
  readonly #pollMs: number;
  readonly #service: RetrievalExchange;

  constructor(options: RetrievalOptions) {
    this.#pollMs = options.pollMs ?? 10_000;
    this.#service = new RetrievalExchange(options);
  }

  async createIndex(
    name: string,
    index: { readonly fields: readonly IndexField[]; readonly features: readonly string[] },
    signal: AbortSignal,
  ): Promise<VideoIndex> {
    const body = {
      metadataSchema: { language: 'en', fields: index.fields },
      features: index.features.map((feature) => ({ name: feature })),
    };
    const { value } = await this.#service.ask('PUT', indexPath(name), {
      body,
      signal,
      what: `The index “${name}”`,
    });
    return readIndex(value) ?? { name, features: index.features, fields: index.fields };
  }

  async getIndex(name: string, signal: AbortSignal): Promise<VideoIndex> {
    const { value } = await this.#service.ask('GET', indexPath(name), {
      signal,
      what: `The index “${name}”`,
    });
    return readIndex(value) ?? unintelligible();
  }

  async listIndexes(signal: AbortSignal): Promise<VideoIndex[]> {
    return (await this.#service.list('/indexes', signal)).flatMap((value) => readIndex(value) ?? []);
  }

  /** Its schema alone can be changed, and only as a whole: fields that are left out are gone. */
  async updateIndex(name: string, fields: readonly IndexField[], signal: AbortSignal): Promise<VideoIndex> {
    const body = { metadataSchema: { language: 'en', fields } };
    const { value } = await this.#service.ask('PATCH', indexPath(name), {
      body,
      signal,
      what: `The index “${name}”`,
    });
    return readIndex(value) ?? unintelligible();
  }

  async deleteIndex(name: string, signal: AbortSignal): Promise<void> {
    await this.#service.ask('DELETE', indexPath(name), { signal, what: `The index “${name}”` });
  }

  async listDocuments(index: string, signal: AbortSignal): Promise<IndexDocument[]> {
    const values = await this.#service.list(`${indexPath(index)}/documents`, signal, `The index “${index}”`);
    return values.flatMap((value) => readDocument(value) ?? []);
  }

  async listIngestions(index: string, signal: AbortSignal): Promise<Ingestion[]> {
    const values = await this.#service.list(`${indexPath(index)}/ingestions`, signal, `The index “${index}”`);
    return values.flatMap((value) => readIngestion(value) ?? []);
  }

  /** Has videos looked at. Each costs money from here on. */
  async addVideos(
    index: string,
    { name, videos, hasSpeech }: { name: string; videos: readonly NewVideo[]; hasSpeech: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const body = {
      videos: videos.map(({ documentId, url, metadata }) => ({
        mode: 'add',
        documentId,
        documentUrl: url,
        metadata,
      })),
      documentAuthenticationKind: 'none',
      includeSpeechTranscript: hasSpeech,
    };
    await this.#service.ask('PUT', ingestionPath(index, name), {
      body,
      signal,
      what: `The index “${index}”`,
    });
  }

  /** Says something else of videos that are in the index. They are not looked at again. */
  async updateVideos(
    index: string,
    { name, videos }: { name: string; videos: readonly Omit<NewVideo, 'url'>[] },
    signal: AbortSignal,
  ): Promise<void> {
    const body = {
      videos: videos.map(({ documentId, metadata }) => ({ mode: 'update', documentId, metadata })),
    };
    await this.#service.ask('PUT', ingestionPath(index, name), {
      body,
      signal,
      what: `The index “${index}”`,
    });
  }

  async removeVideos(
    index: string,
    { name, documentIds }: { name: string; documentIds: readonly string[] },
    signal: AbortSignal,
  ): Promise<void> {
    const body = { videos: documentIds.map((documentId) => ({ mode: 'remove', documentId })) };
    await this.#service.ask('PUT', ingestionPath(index, name), {
      body,
      signal,
      what: `The index “${index}”`,
    });
  }

  /** Asks until it is over. A service that is away for a while is waited for: what was begun goes on there. */
  async whenIngested(
    index: string,
    name: string,
    { signal, onLook }: { signal: AbortSignal; onLook?: (ingestion: Ingestion) => void },
  ): Promise<Ingestion> {
    let troubles = 0;
    for (let looks = 0; ; looks += 1) {
      // What is small is over soon.
      let waitMs = Math.min(this.#pollMs, firstPollMs * 2 ** looks);
      try {
        const { value } = await this.#service.ask('GET', ingestionPath(index, name), {
          signal,
          query: { detailLevel: 'document' },
          what: 'What was begun',
        });
        const ingestion = readIngestion(value) ?? unintelligible();
        troubles = 0;
        onLook?.(ingestion);
        if (isOver(ingestion)) return ingestion;
      } catch (error) {
        troubles += 1;
        if (!(error instanceof AppError) || !passing.has(error.code) || troubles > mostTroubles) throw error;
        const wished = error.details['pauseMs'];
        waitMs = Math.max(this.#pollMs * troubles, typeof wished === 'number' ? wished : 0);
      }
      await pause(waitMs, undefined, { signal }).catch(() => {
        throw new AppError('canceled');
      });
    }
  }

  /** What was found, best first. */
  async query(index: string, question: Question, signal: AbortSignal): Promise<Hit[]> {
    const filters = omitUndefined({
      stringFilters: question.strings?.map(({ field, values }) => ({ fieldName: field, values })),
      datetimeFilters: question.times?.map(({ field, start, end }) => ({
        fieldName: field,
        ...omitUndefined({ startTime: start, endTime: end }),
      })),
      featureFilters: question.features,
    });
    const body = { queryText: question.text, filters, top: question.top, dedup: true };
    const { value } = await this.#service.ask('POST', `${indexPath(index)}:queryByText`, {
      body,
      signal,
      what: `The index “${index}”`,
    });
    const hits = listOf(objectOf(value)?.['value']) ?? unintelligible();
    return hits
      .flatMap((hit) => readHit(hit) ?? [])
      .toSorted((one, other) => other.relevance - one.relevance);
  }
}

export function isOver({ state }: Ingestion): boolean {
  return state === 'completed' || state === 'failed' || state === 'partially-succeeded';
}

/** Troubles that pass by themselves. */
const passing: ReadonlySet<string> = new Set([
  'provider-rate-limited',
  'provider-unavailable',
  'provider-unreachable',
  'provider-timeout',
  'provider-cut-off',
]);
const mostTroubles = 20;
const firstPollMs = 1_000;

function indexPath(name: string): string {
  return `/indexes/${encodeURIComponent(name)}`;
}

function ingestionPath(index: string, name: string): string {
  return `${indexPath(index)}/ingestions/${encodeURIComponent(name)}`;
}
