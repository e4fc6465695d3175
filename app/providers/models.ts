import { findByModel } from '../contract/model-name.ts';
import type { Connection, Learned } from '../contract/models/connection.ts';

/**
 * What each model family can do, as far as the documents say; a deployment that refuses something teaches us more
 * (`Connection.learned`), and that wins. Sources: AZURE §1.4 (images), §1.5 (parameters), §1.8 (structured output), §9.
 */
export type ModelAbilities = {
  /** `unknown` = ask it: it answers or refuses. */
  readonly vision: 'yes' | 'no' | 'unknown';
  readonly structuredOutput: NonNullable<Learned['structuredOutput']>;
  readonly tokenLimitParameter: NonNullable<Learned['tokenLimitParameter']>;
  readonly takesTemperature: boolean;
  /** The least effort that it takes: thinking costs output tokens and makes captions no better (USERS §3). */
  readonly reasoningEffort?: Effort;
  /** Over all messages of a request. */
  readonly maxImagesPerRequest: number;
  /** The longest answer that may be asked for: what the family's oldest version takes, as far as the makers publish it. */
  readonly maxAnswerTokens: number;
};

type Effort = 'none' | 'minimal' | 'low' | 'high';

/** A model that nobody has told us about: AZURE §8's common denominator, and the how-to's 10 images. */
const unknownModel: ModelAbilities = {
  vision: 'unknown',
  structuredOutput: 'json_schema',
  tokenLimitParameter: 'max_tokens',
  takesTemperature: true,
  maxImagesPerRequest: 10,
  maxAnswerTokens: 4_096,
};

const gpt4o: ModelAbilities = {
  ...unknownModel,
  vision: 'yes',
  maxImagesPerRequest: 50,
  maxAnswerTokens: 16_384,
};
/** JSON mode is not available with image input (AZURE §1.3). */
const gpt4Turbo: ModelAbilities = { ...unknownModel, vision: 'yes', structuredOutput: 'none' };
const reasoning = (reasoningEffort: Effort): ModelAbilities => ({
  vision: 'yes',
  structuredOutput: 'json_schema',
  tokenLimitParameter: 'max_completion_tokens',
  takesTemperature: false,
  reasoningEffort,
  maxImagesPerRequest: 50,
  maxAnswerTokens: 16_384,
});
const withoutVision: ModelAbilities = { ...unknownModel, vision: 'no' };
const localVision: ModelAbilities = { ...unknownModel, vision: 'yes' };
/** Thinks unless told not to; Ollama reads the effort on `/v1` (AZURE §8). */
const localThinkingVision: ModelAbilities = { ...localVision, reasoningEffort: 'none' };

/** Keyed as `findByModel` wants it: the longest key that is a whole-word prefix wins. */
const families: Readonly<Record<string, ModelAbilities>> = {
  // The same name serves with and without vision: the version decides, and the name does not tell it.
  'gpt-4': { ...gpt4Turbo, vision: 'unknown' },
  // Names of versions, as OpenAI gives them.
  'gpt-4-0314': withoutVision,
  'gpt-4-0613': withoutVision,
  'gpt-4-1106-preview': withoutVision,
  'gpt-4-0125-preview': withoutVision,
  'gpt-4-turbo-preview': withoutVision,
  'gpt-4-32k': withoutVision,
  'gpt-4-turbo': gpt4Turbo,
  'gpt-4-vision': gpt4Turbo,
  'gpt-4o': gpt4o,
  'gpt-4o-2024-05-13': { ...gpt4o, structuredOutput: 'json_object', maxAnswerTokens: 4_096 },
  'gpt-4o-mini': gpt4o,
  'chatgpt-4o': { ...gpt4o, structuredOutput: 'json_object' },
  'gpt-4.1': gpt4o,
  'gpt-5': reasoning('minimal'),
  // It takes no other (Microsoft's page on the type ReasoningEffort).
  'gpt-5-pro': reasoning('high'),
  'gpt-5-chat': { ...gpt4o, tokenLimitParameter: 'max_completion_tokens' },
  'gpt-5.1': reasoning('none'),
  'gpt-5.2': reasoning('none'),
  'gpt-5.4': reasoning('none'),
  'gpt-5.5': reasoning('none'),
  'gpt-5.6': reasoning('none'),
  'gpt-6': reasoning('low'),
  'gpt-chat': { ...gpt4o, tokenLimitParameter: 'max_completion_tokens' },
  o1: reasoning('low'),
  'o1-mini': { ...reasoning('low'), vision: 'no' },
  'o1-preview': { ...reasoning('low'), vision: 'no' },
  o3: reasoning('low'),
  'o3-mini': { ...reasoning('low'), vision: 'no' },
  'o4-mini': reasoning('low'),
  'gpt-35-turbo': withoutVision,
  'gpt-3.5-turbo': withoutVision,
  'gpt-oss': withoutVision,
  'text-embedding': withoutVision,
  'text-davinci': withoutVision,
  davinci: withoutVision,
  babbage: withoutVision,
  whisper: withoutVision,
  tts: withoutVision,
  'gpt-audio': withoutVision,
  'gpt-4o-audio': withoutVision,
  'gpt-4o-mini-audio': withoutVision,
  'gpt-4o-transcribe': withoutVision,
  'gpt-4o-mini-transcribe': withoutVision,
  'gpt-4o-mini-tts': withoutVision,
  'deepseek-r1': withoutVision,
  'deepseek-v3': withoutVision,
  'deepseek-chat': withoutVision,
  'deepseek-reasoner': withoutVision,
  'llama-3.1': withoutVision,
  'llama-3.3': withoutVision,
  llava: localVision,
  'llama3.2-vision': localVision,
  'llama-3.2-11b-vision': localVision,
  llama4: localVision,
  'minicpm-v': localVision,
  moondream: localVision,
  bakllava: localVision,
  'granite3.2-vision': localVision,
  'mistral-small3.1': localVision,
  pixtral: localVision,
  'qwen2-vl': localVision,
  'qwen2.5vl': localVision,
  'qwen2.5-vl': localVision,
  'qwen3-vl': localThinkingVision,
  gemma3: localVision,
  'gemma-3': localVision,
  gemma4: localThinkingVision,
  'gemma-4': localThinkingVision,
};

/**
 * What the model can do. A local model's tag (`llava:13b`) does not matter, nor what a model was tuned for
 * (`ft:gpt-3.5-turbo-0125:me::abc`); for an unknown model the common denominator.
 */
export function findModelAbilities(modelId: string | null | undefined): ModelAbilities {
  return findByModel(families, modelId?.replace(/^ft:/i, '').replace(/:[^/]*$/, '')) ?? unknownModel;
}

type Asked = Pick<Connection, 'modelId' | 'deployment' | 'learned'>;

/** What the abilities of who answers are looked up by: a deployment's name is a guess where nothing better is known. */
export function abilitiesOf({ modelId, deployment, learned }: Asked): ModelAbilities {
  return findModelAbilities(modelId ?? learned.modelAnswered ?? deployment);
}

/** The name of a connection's model that is known to see nothing; `undefined` where it sees, or nobody knows. */
export function findBlindModel(connection: Asked): string | undefined {
  const { modelId, deployment, learned } = connection;
  // Its server's own word, or a picture that it took, goes before our table.
  if (learned.vision === 'yes' || abilitiesOf(connection).vision !== 'no') return undefined;
  return modelId ?? learned.modelAnswered ?? deployment ?? undefined;
}
