/** @file Indexes: their schema, their features, the documents in them. */

import { randomBytes } from 'node:crypto';
import { badRequest, flagAt, listAt, objectAt, oneOf, refuse, textAt, type Json } from './body.ts';
import { isGoodIndexName } from './names.ts';

export type Field = {
  readonly name: string;
  readonly searchable: boolean;
  readonly filterable: boolean;
  readonly type: 'string' | 'datetime';
};
export type Feature = { readonly name: 'vision' | 'speech'; readonly domain: 'generic' | 'surveillance' };

/** What is seen or heard in a video. Times as the service writes them. */
export type Segment = {
  readonly kind: 'VideoFrame' | 'SpeechTextSegment';
  readonly start: string;
  readonly end: string;
  readonly best: string;
  readonly text: string;
};

export type StoredDocument = {
  readonly documentId: string;
  /** Without its query. */
  readonly documentUrl: string;
  metadata: Readonly<Record<string, string>>;
  readonly segments: readonly Segment[];
  readonly createdAt: string;
  changedAt: string;
};

export type StoredIndex = {
  readonly name: string;
  fields: readonly Field[];
  readonly features: readonly Feature[];
  userData: unknown;
  eTag: string;
  readonly createdAt: string;
  changedAt: string;
  readonly documents: Map<string, StoredDocument>;
};

const modelVersions = { vision: '2023-05-31', speech: '2023-06-30' } as const;

export class IndexShelf {
  readonly #indexes = new Map<string, StoredIndex>();

  get all(): readonly StoredIndex[] {
    return [...this.#indexes.values()];
  }

  get(name: string): StoredIndex {
    return (
      this.#indexes.get(name.toLowerCase()) ?? refuse(404, 'NotFound', `The index '${name}' was not found.`)
    );
  }

  create(name: string, body: unknown): StoredIndex {
    if (!isGoodIndexName(name)) badRequest(`The index name '${name}' is not valid.`, 'indexName');
    if (this.#indexes.has(name.toLowerCase())) {
      refuse(409, 'Conflict', `The index '${name}' exists already.`);
    }
    const { metadataSchema, features, userData } = objectAt(body, 'body', [
      'metadataSchema',
      'features',
      'userData',
    ]);
    const now = new Date().toISOString();
    const index: StoredIndex = {
      name,
      fields: metadataSchema === undefined ? [] : readFields(metadataSchema),
      features: readFeatures(features),
      userData: userData ?? {},
      eTag: newTag(),
      createdAt: now,
      changedAt: now,
      documents: new Map(),
    };
    this.#indexes.set(name.toLowerCase(), index);
    return index;
  }

  update(name: string, body: unknown): StoredIndex {
    const index = this.get(name);
    const { metadataSchema, userData } = objectAt(body, 'body', ['metadataSchema', 'userData']);
    if (metadataSchema !== undefined) index.fields = readFields(metadataSchema);
    if (userData !== undefined) index.userData = userData;
    index.eTag = newTag();
    index.changedAt = new Date().toISOString();
    return index;
  }

  delete(name: string): void {
    this.get(name);
    this.#indexes.delete(name.toLowerCase());
  }
}

export function showIndex(index: StoredIndex): Json {
  return {
    name: index.name,
    metadataSchema: { language: 'en', fields: index.fields },
    userData: index.userData,
    features: index.features.map(({ name, domain }) => ({ name, modelVersion: modelVersions[name], domain })),
    eTag: index.eTag,
    createdDateTime: index.createdAt,
    lastModifiedDateTime: index.changedAt,
  };
}

export function showDocument(document: StoredDocument): Json {
  const { documentId, documentUrl, metadata, createdAt, changedAt } = document;
  return {
    documentId,
    documentUrl,
    metadata,
    userData: null,
    createdDateTime: createdAt,
    lastModifiedDateTime: changedAt,
    error: null,
  };
}

function readFields(schema: unknown): Field[] {
  const { fields, language } = objectAt(schema, 'metadataSchema', ['language', 'fields']);
  if (language !== undefined) textAt(language, 'language');
  const read = listAt(fields ?? [], 'fields').map((value) => {
    const field = objectAt(value, 'field', ['name', 'searchable', 'filterable', 'type']);
    return {
      // They come back so.
      name: textAt(field['name'], 'name').toLowerCase(),
      searchable: flagAt(field['searchable'], 'searchable'),
      filterable: flagAt(field['filterable'], 'filterable'),
      type: oneOf(field['type'], 'type', ['string', 'datetime']),
    };
  });
  if (new Set(read.map(({ name }) => name)).size < read.length) {
    badRequest('A field is named twice.', 'fields');
  }
  return read;
}

function readFeatures(value: unknown): Feature[] {
  const features = listAt(value ?? [{ name: 'vision' }], 'features').map((one): Feature => {
    const { name, domain = 'generic' } = objectAt(one, 'feature', ['name', 'modelVersion', 'domain']);
    return {
      name: oneOf(name, 'name', ['vision', 'speech']),
      domain: oneOf(domain, 'domain', ['generic', 'surveillance']),
    };
  });
  if (new Set(features.map(({ name }) => name)).size < features.length) {
    badRequest('A feature is named twice.', 'features');
  }
  return features.length === 0 ? badRequest('An index needs a feature.', 'features') : features;
}

function newTag(): string {
  return `"${randomBytes(16).toString('hex')}"`;
}
