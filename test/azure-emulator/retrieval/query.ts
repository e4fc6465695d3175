/** @file A query by text: which segments have its words, within the filters. */

import { badRequest, dateAt, flagAt, listAt, objectAt, oneOf, textAt, type Json } from './body.ts';
import type { Segment, StoredDocument, StoredIndex } from './indexes.ts';

type Test = (document: StoredDocument) => boolean;

const known = [
  'queryText',
  'filters',
  'top',
  'skip',
  'dedup',
  'moderation',
  'additionalIndexNames',
  'dedupMaxDocumentCount',
  'disableMetadataSearch',
];

/** Relevance is the share of its words that a segment has. */
export function answerQuery(index: StoredIndex, body: unknown): Json {
  const query = objectAt(body, 'body', known);
  const words = wordsOf(textAt(query['queryText'], 'queryText'));
  for (const name of ['dedup', 'moderation', 'disableMetadataSearch']) flagAt(query[name], name);
  const top = numberAt(query['top'] ?? 10, 'top', 1);
  const skip = numberAt(query['skip'] ?? 0, 'skip', 0);
  const { isWanted, kinds } = readFilters(query['filters'] ?? {}, index);
  const hits = [...index.documents.values()].filter(isWanted).flatMap((document) =>
    document.segments
      .filter(({ kind }) => kinds.includes(kind))
      .map((segment) => ({ document, segment, relevance: relevanceOf(words, segment) }))
      .filter(({ relevance }) => relevance > 0),
  );
  const sorted = hits.toSorted((one, other) => other.relevance - one.relevance).slice(skip, skip + top);
  return {
    value: sorted.map(({ document: { documentId }, segment, relevance }) => {
      const { kind, start, end, best } = segment;
      return { documentId, documentKind: kind, start, end, best, relevance };
    }),
  };
}

function readFilters(
  value: unknown,
  index: StoredIndex,
): { isWanted: Test; kinds: readonly Segment['kind'][] } {
  const filters = objectAt(value, 'filters', ['stringFilters', 'datetimeFilters', 'featureFilters']);
  const strings = listAt(filters['stringFilters'] ?? [], 'stringFilters').map((one): Test => {
    const filter = objectAt(one, 'stringFilter', ['fieldName', 'values']);
    const name = fieldAt(filter['fieldName'], 'string', index);
    const values = listAt(filter['values'], 'values').map((text) => textAt(text, 'values'));
    return ({ metadata }) => values.includes(metadata[name] ?? '');
  });
  const times = listAt(filters['datetimeFilters'] ?? [], 'datetimeFilters').map((one): Test => {
    const { fieldName, startTime, endTime } = objectAt(one, 'datetimeFilter', [
      'fieldName',
      'startTime',
      'endTime',
    ]);
    const name = fieldAt(fieldName, 'datetime', index);
    const fromMs = startTime === undefined ? -Infinity : dateAt(startTime, 'startTime');
    const toMs = endTime === undefined ? Infinity : dateAt(endTime, 'endTime');
    return ({ metadata }) => {
      const text = metadata[name];
      const atMs = text === undefined ? Number.NaN : dateAt(text, name);
      return atMs >= fromMs && atMs <= toMs;
    };
  });
  const features = listAt(filters['featureFilters'] ?? ['vision', 'speech'], 'featureFilters').map((one) =>
    oneOf(one, 'featureFilters', ['vision', 'speech']),
  );
  return {
    isWanted: (document) => [...strings, ...times].every((test) => test(document)),
    kinds: features.map((feature) => (feature === 'vision' ? 'VideoFrame' : 'SpeechTextSegment')),
  };
}

function fieldAt(value: unknown, type: 'string' | 'datetime', index: StoredIndex): string {
  const name = textAt(value, 'fieldName').toLowerCase();
  const field = index.fields.find((one) => one.name === name);
  if (field === undefined) badRequest(`The schema has no field '${name}'.`, 'fieldName');
  if (!field.filterable) badRequest(`The field '${name}' is not filterable.`, 'fieldName');
  if (field.type !== type) badRequest(`The field '${name}' is no ${type}.`, 'fieldName');
  return name;
}

function numberAt(value: unknown, target: string, least: number): number {
  const isGood = typeof value === 'number' && Number.isInteger(value) && value >= least;
  return isGood ? value : badRequest(`'${target}' must be a whole number from ${least}.`, target);
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
}

function relevanceOf(words: readonly string[], { text }: Segment): number {
  const said = new Set(wordsOf(text));
  return words.filter((word) => said.has(word)).length / Math.max(1, words.length);
}
