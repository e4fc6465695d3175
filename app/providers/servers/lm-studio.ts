import { countOf, listOf, objectOf, omitUndefined, textOf } from '../wire.ts';
import type { ServedModel } from './served-model.ts';

/** LM Studio's models from `GET /api/v1/models`; `undefined` when that is not its list. Embedding models are left out. */
export function readLmStudioModels(list: unknown): ServedModel[] | undefined {
  const entries = listOf(objectOf(list)?.['models'])?.map(objectOf);
  if (entries?.every((entry) => textOf(entry?.['key']) !== undefined) !== true) return undefined;
  return entries
    .filter((entry) => entry?.['type'] !== 'embedding')
    .map((entry) => {
      const vision = objectOf(entry?.['capabilities'])?.['vision'];
      return omitUndefined({
        id: textOf(entry?.['key']) ?? '',
        vision:
          vision === undefined ? ('unknown' as const) : vision === true ? ('yes' as const) : ('no' as const),
        contextTokens: countOf(entry?.['max_context_length']),
      });
    });
}

/** The same from `GET /api/v0/models`, as versions before 0.4 have it: there the type says what a model can do. */
export function readOldLmStudioModels(list: unknown): ServedModel[] | undefined {
  const entries = listOf(objectOf(list)?.['data'])?.map(objectOf);
  const types = new Set(['llm', 'vlm', 'embeddings']);
  if (entries === undefined || entries.length === 0) return undefined;
  if (entries.some((entry) => !types.has(textOf(entry?.['type']) ?? ''))) return undefined;
  return entries
    .filter((entry) => entry?.['type'] !== 'embeddings')
    .map((entry) =>
      omitUndefined({
        id: textOf(entry?.['id']) ?? '',
        vision: entry?.['type'] === 'vlm' ? ('yes' as const) : ('no' as const),
        contextTokens: countOf(entry?.['max_context_length']),
      }),
    );
}
