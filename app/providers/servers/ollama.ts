import { countOf, listOf, objectOf, omitUndefined, textOf } from '../wire.ts';
import { askServer, type AskOptions } from './get-json.ts';
import type { ServedModel } from './served-model.ts';

/** More models than anybody keeps; each may need a question of its own. */
const mostQuestions = 50;

/**
 * Ollama's models from `GET /api/tags`; `undefined` when that is not Ollama's list. Newer versions say there what a model
 * can do, older ones only when asked about each (AZURE §8).
 */
export async function readOllamaModels(
  tags: unknown,
  root: string,
  options: AskOptions,
): Promise<ServedModel[] | undefined> {
  const entries = listOf(objectOf(tags)?.['models'])?.map(objectOf);
  if (entries?.every((entry) => textOf(entry?.['name']) !== undefined) !== true) return undefined;
  return Promise.all(
    entries.slice(0, mostQuestions).map(async (entry) => {
      const id = textOf(entry?.['model']) ?? textOf(entry?.['name']) ?? '';
      if (listOf(entry?.['capabilities']) !== undefined) return toModel(id, entry?.['capabilities']);
      const shown = await askServer(`${root}/api/show`, options, { model: id });
      const facts = shown.status === 'json' ? objectOf(shown.value) : undefined;
      return toModel(id, facts?.['capabilities'], contextOf(objectOf(facts?.['model_info'])));
    }),
  );
}

function toModel(id: string, given: unknown, contextTokens?: number): ServedModel {
  const capabilities = listOf(given);
  if (capabilities === undefined) return omitUndefined({ id, vision: 'unknown' as const, contextTokens });
  return omitUndefined({
    id,
    vision: capabilities.includes('vision') ? ('yes' as const) : ('no' as const),
    thinks: capabilities.includes('thinking'),
    contextTokens,
  });
}

/** The key begins with the model's architecture: `gemma3.context_length`. */
function contextOf(info: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const found = Object.entries(info ?? {}).find(([name]) => name.endsWith('.context_length'));
  return countOf(found?.[1]);
}
