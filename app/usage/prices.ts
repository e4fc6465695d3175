import { normalizeModelName } from '../contract/model-name.ts';
import { visionFeature, type Price, type VisionFeature } from '../contract/models/usage.ts';
import type { Connection } from '../contract/models/connection.ts';
import { staysLocal } from '../providers/endpoint.ts';

/** US dollars per million tokens, and when they were seen. */
type ListedPrice = readonly [input: number, output: number, cached: number | undefined, seen: string];

/**
 * Global standard prices as published on the dates given (AZURE §2.4). Dated samples, not promises: a user's own price
 * wins.
 */
const listed: ReadonlyMap<string, ListedPrice> = new Map<string, ListedPrice>([
  ['gpt-4', [10, 30, undefined, '2024']],
  ['gpt-4-turbo', [10, 30, undefined, '2024']],
  ['gpt-4-vision-preview', [10, 30, undefined, '2024']],
  ['gpt-4o', [2.5, 10, undefined, '2024–26']],
  ['gpt-4o-mini', [0.15, 0.6, undefined, '2024–26']],
  ['gpt-4.1', [2, 8, 0.5, '2025–26']],
  ['gpt-4.1-mini', [0.4, 1.6, 0.1, '2025–26']],
  ['gpt-4.1-nano', [0.1, 0.4, 0.03, '2025–26']],
  ['gpt-5', [1.25, 10, undefined, 'Nov 2025']],
  ['gpt-5.1', [1.25, 10, undefined, 'Nov 2025']],
  ['gpt-5-mini', [0.25, 2, undefined, 'Nov 2025']],
  ['gpt-5-nano', [0.05, 0.4, undefined, 'Nov 2025']],
  ['gpt-5.2', [1.75, 14, undefined, '2026']],
  ['gpt-5.4', [2.5, 15, undefined, 'Apr 2026']],
  ['gpt-5.4-mini', [0.75, 4.5, undefined, 'Apr 2026']],
  ['gpt-5.4-nano', [0.2, 1.25, undefined, 'Apr 2026']],
  ['gpt-5.5', [5, 30, undefined, '2026']],
  ['gpt-5.6-sol', [4, 20, undefined, 'Sept 2026']],
  ['gpt-5.6-terra', [2, 12, undefined, 'Sept 2026']],
  ['gpt-5.6-luna', [0.2, 1.2, undefined, 'Sept 2026']],
  ['gpt-6-astra', [10, 50, undefined, 'Sept 2026']],
  ['gpt-6-sol', [2, 10, undefined, 'Sept 2026']],
]);

/** What a batch costs of what the same costs at once (AZURE §7). */
const batchShare = 0.5;

/** The price of tokens that go as a batch. What costs nothing goes on costing nothing. */
export function batchPrice(price: Price): Price {
  const cached = price.cachedInputMicroUsdPerMillion;
  return {
    inputMicroUsdPerMillion: price.inputMicroUsdPerMillion * batchShare,
    outputMicroUsdPerMillion: price.outputMicroUsdPerMillion * batchShare,
    ...(cached === undefined ? {} : { cachedInputMicroUsdPerMillion: cached * batchShare }),
    source: `${price.source}, as a batch`,
  };
}

const microPerUsd = 1_000_000;

const free: Price = { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0, source: 'free' };

const dearFeatures: ReadonlySet<VisionFeature> = new Set(['caption', 'denseCaptions', 'read']);

/** Image Analysis 4.0, S1, the first million of a month, per transaction. A dated sample like the others. */
const listedAnalysis: Price = {
  inputMicroUsdPerMillion: 0,
  outputMicroUsdPerMillion: 0,
  featureMicroUsd: Object.fromEntries(
    visionFeature.options.map((feature) => [feature, dearFeatures.has(feature) ? 1_500 : 1_000]),
  ),
  source: 'list price, 2024',
};

/** Dates and words behind a family's name that do not change its price: `-2025-04-14`, `-0613`, `-preview`. */
const versionSuffix = /(?:-(?:\d{4}-\d{2}-\d{2}|\d{4}|preview|latest|with-vision))+$/;

/**
 * A model's listed price, or `undefined`: an unknown price is said, never guessed (DESIGN §1). So a name that goes on in
 * any other way (`gpt-5-pro`, `gpt-4o-realtime`) is another model, with a price of its own.
 */
export function listedPrice(modelId: string | undefined): Price | undefined {
  const name = normalizeModelName(modelId);
  const entry =
    name === undefined ? undefined : (listed.get(name) ?? listed.get(name.replace(versionSuffix, '')));
  if (entry === undefined) return undefined;
  const [input, output, cached, seen] = entry;
  return {
    inputMicroUsdPerMillion: input * microPerUsd,
    outputMicroUsdPerMillion: output * microPerUsd,
    ...(cached === undefined ? {} : { cachedInputMicroUsdPerMillion: cached * microPerUsd }),
    source: `list price, ${seen}`,
  };
}

/** Each enhancement of a request, before they were retired: 1.50 USD a thousand, as in Microsoft's own sample bill (AZURE §2.4). */
const enhancementMicroUsd = 1_500;

type Priced = Pick<
  Connection,
  'kind' | 'endpoint' | 'modelId' | 'deployment' | 'ownPrice' | 'learned' | 'enhancements'
>;

/** What a connection costs: the user's own price, nothing for built-in and our own machines, else the list. */
export function findPrice(connection: Priced): Price | undefined {
  const price = findTokenPrice(connection);
  if (price === undefined || connection.enhancements === undefined) return price;
  return { ...price, requestMicroUsd: connection.enhancements.features.length * enhancementMicroUsd };
}

/**
 * The price of an answer whose request was sent before anybody knew which model is behind the deployment: the answer says it.
 */
export function findPriceAsAnswered(
  connection: Priced,
  modelAnswered: string | undefined,
): Price | undefined {
  if (modelAnswered === undefined) return undefined;
  return findPrice({ ...connection, learned: { ...connection.learned, modelAnswered } });
}

function findTokenPrice(connection: Priced): Price | undefined {
  if (connection.ownPrice !== null) return connection.ownPrice;
  if (staysLocal(connection)) return free;
  if (connection.kind === 'azure-vision') return listedAnalysis;
  return listedPrice(modelOf(connection));
}

/**
 * The model behind a connection: as its user said, else as the service last answered. An Azure deployment's name is its
 * user's choice and says nothing (STYLE glossary); elsewhere it is the model's.
 */
export function modelOf(
  connection: Pick<Connection, 'kind' | 'modelId' | 'deployment' | 'learned'>,
): string | undefined {
  if (connection.modelId !== null) return connection.modelId;
  const named = connection.kind === 'openai-compatible' ? connection.deployment : null;
  return named ?? connection.learned.modelAnswered;
}
