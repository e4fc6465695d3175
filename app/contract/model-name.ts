/**
 * Model names come with dates and prefixes (`gpt-4.1-2025-04-14`, `openai/gpt-4o`, `GPT-4 Turbo with Vision`);
 * the tables of size rules, prices and abilities are keyed by family. One way to look a model up serves them all.
 */

/** Lower case, without a provider's prefix and with one kind of dash. `undefined` in, `undefined` out. */
export function normalizeModelName(modelId: string | undefined): string | undefined {
  if (modelId === undefined) return undefined;
  const name = modelId
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return name.slice(name.lastIndexOf('/') + 1) || undefined;
}

/**
 * The entry whose key is the longest whole-word prefix of the model's name: `gpt-4.1-mini-2025-04-14` finds
 * `gpt-4.1-mini` before `gpt-4.1`, and `gpt-4` does not find `gpt-4.1`. `undefined` when the model is unknown.
 */
export function findByModel<Value>(
  table: Readonly<Record<string, Value>>,
  modelId: string | undefined,
): Value | undefined {
  const name = normalizeModelName(modelId);
  if (name === undefined) return undefined;
  let best: string | undefined;
  for (const key of Object.keys(table)) {
    const isPrefix = name === key || (name.startsWith(key) && name[key.length] === '-');
    if (isPrefix && (best === undefined || key.length > best.length)) best = key;
  }
  return best === undefined ? undefined : table[best];
}
