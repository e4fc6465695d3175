import { countOf, listOf, objectOf, omitUndefined, textOf } from '../wire.ts';
import type { JsonObject } from '../wire.ts';
import type { ServedModel } from './served-model.ts';

/** `GET /v1/models`, as everybody has it, with what vLLM and llama.cpp write beside it (AZURE §8). */
export type OpenAiList = { readonly isVllm: boolean; readonly models: readonly ServedModel[] };

/** `undefined` when it is no such list. */
export function readOpenAiList(list: unknown): OpenAiList | undefined {
  const whole = objectOf(list);
  const entries = listOf(whole?.['data'])?.map(objectOf);
  if (entries === undefined || entries.some((entry) => textOf(entry?.['id']) === undefined)) return undefined;
  const beside = listOf(whole?.['models'])?.map(objectOf) ?? [];
  return {
    isVllm: entries.some((entry) => entry?.['owned_by'] === 'vllm'),
    models: entries.map((entry, index) =>
      omitUndefined({
        id: textOf(entry?.['id']) ?? '',
        vision: visionOf(entry, beside[index]),
        contextTokens: countOf(entry?.['max_model_len']) ?? countOf(objectOf(entry?.['meta'])?.['n_ctx']),
      }),
    ),
  };
}

/** llama.cpp: `architecture.input_modalities`; older builds `models[].capabilities` beside the list. */
function visionOf(entry: JsonObject | undefined, beside: JsonObject | undefined): ServedModel['vision'] {
  const modalities = listOf(objectOf(entry?.['architecture'])?.['input_modalities']);
  if (modalities !== undefined) return modalities.includes('image') ? 'yes' : 'no';
  const capabilities = listOf(beside?.['capabilities']);
  return capabilities?.includes('multimodal') === true ? 'yes' : 'unknown';
}
