import type { ServerTraits } from './servers/traits.ts';
import { sizeRules, type SizeRule } from './size-rules.ts';

/** What a deployment can do and how it counts. */
export type Persona = {
  /** As it stands in the answer's `model`, such as `gpt-4.1-2025-04-14`. */
  readonly model: string;
  /** `undefined`: the model takes no pictures. */
  readonly sizeRule: SizeRule | undefined;
  /** 10 in the how-to, 50 for gpt-4o and later (AZURE §1.4). */
  readonly maxImages: 10 | 50;
  readonly hasStructuredOutput: boolean;
  /** GPT-4 Turbo refuses JSON mode beside pictures (AZURE §1.3). */
  readonly hasJsonModeWithImages: boolean;
  /** Refuses `max_tokens`, `temperature` and others; thinks before it answers (AZURE §1.5). */
  readonly isReasoning: boolean;
  /** What `reasoning_effort` may say; others are refused (AZURE §1.5, and Microsoft's page on the type ReasoningEffort). */
  readonly efforts?: readonly string[];
  readonly takesDetailOriginal: boolean;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** When the request names no limit: 16 on GPT-4 Turbo (AZURE §1.5). */
  readonly defaultOutputTokens: number;
  /** A model at home that thinks before it answers, unless its server is told that it should not. */
  readonly thinks?: boolean;
  readonly isEmbedding?: boolean;
  /** `vision-preview`, the only one that ever had them (AZURE §5.1). */
  readonly hasEnhancements?: boolean;
  /** Served by the Responses API alone. */
  readonly onlyResponses?: boolean;
  /** The local server that serves it, whose ways go before those of the cloud. */
  readonly server?: ServerTraits;
};

export type RateLimitOptions = {
  /** @default 600 000 */
  readonly requestsPerMinute?: number;
  /** @default 1 000 000 000 */
  readonly tokensPerMinute?: number;
  /** Length of the service's "minute", so that tests need not wait for a real one. @default 60 000 */
  readonly minuteMs?: number;
  /** Slices of the minute over which the request limit is enforced. The service uses 1 s or 10 s. @default 6 */
  readonly slicesPerMinute?: number;
  /** Said in a 429 instead of the real time left. */
  readonly retryAfterMs?: number;
};

export type Deployment = {
  readonly name: string;
  readonly persona: Persona;
  /** Azure: it answers batches, and nothing else (AZURE §7). */
  readonly isBatch?: true;
  readonly rateLimit?: RateLimitOptions;
};

const modern: Omit<Persona, 'model' | 'sizeRule'> = {
  maxImages: 50,
  hasStructuredOutput: true,
  hasJsonModeWithImages: true,
  isReasoning: false,
  takesDetailOriginal: false,
  contextTokens: 1_047_576,
  maxOutputTokens: 32_768,
  defaultOutputTokens: 4096,
};

const reasoning = {
  ...modern,
  isReasoning: true,
  efforts: ['minimal', 'low', 'medium', 'high'],
  contextTokens: 400_000,
  maxOutputTokens: 128_000,
};

export const personas = {
  gpt41: { ...modern, model: 'gpt-4.1-2025-04-14', sizeRule: sizeRules['gpt-4.1'] },
  gpt41Mini: { ...modern, model: 'gpt-4.1-mini-2025-04-14', sizeRule: sizeRules['gpt-4.1-mini'] },
  gpt4oMini: {
    ...modern,
    model: 'gpt-4o-mini-2024-07-18',
    sizeRule: sizeRules['gpt-4o-mini'],
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
  },
  gpt5Mini: { ...reasoning, model: 'gpt-5-mini-2025-08-07', sizeRule: sizeRules['gpt-5-mini'] },
  gpt51: {
    ...reasoning,
    model: 'gpt-5.1-2025-11-13',
    sizeRule: sizeRules['gpt-5'],
    efforts: ['none', 'low', 'medium', 'high'],
  },
  o3: {
    ...reasoning,
    model: 'o3-2025-04-16',
    sizeRule: sizeRules['o3'],
    efforts: ['low', 'medium', 'high'],
    contextTokens: 200_000,
    maxOutputTokens: 100_000,
  },
  gpt5Pro: {
    ...reasoning,
    model: 'gpt-5-pro-2025-10-06',
    sizeRule: sizeRules['gpt-5'],
    efforts: ['high'],
    onlyResponses: true,
  },
  gpt55: {
    ...reasoning,
    model: 'gpt-5.5-2026-04-24',
    sizeRule: sizeRules['gpt-5.5'],
    efforts: ['none', 'low', 'medium', 'high', 'xhigh'],
    takesDetailOriginal: true,
    contextTokens: 1_050_000,
  },
  gpt4Turbo: {
    ...modern,
    model: 'gpt-4-turbo-2024-04-09',
    sizeRule: sizeRules['gpt-4-turbo'],
    maxImages: 10,
    hasStructuredOutput: false,
    hasJsonModeWithImages: false,
    contextTokens: 128_000,
    maxOutputTokens: 4096,
    defaultOutputTokens: 16,
  },
  gpt4VisionPreview: {
    ...modern,
    model: 'gpt-4',
    sizeRule: sizeRules['gpt-4-turbo'],
    maxImages: 10,
    hasStructuredOutput: false,
    hasJsonModeWithImages: false,
    contextTokens: 128_000,
    maxOutputTokens: 4096,
    defaultOutputTokens: 16,
    hasEnhancements: true,
  },
  gpt35: {
    ...modern,
    model: 'gpt-35-turbo-0125',
    sizeRule: undefined,
    hasStructuredOutput: false,
    contextTokens: 16_385,
    maxOutputTokens: 4096,
  },
} as const satisfies Record<string, Persona>;

/** What an emulator serves when it is not told otherwise. */
export const defaultDeployments: readonly Deployment[] = [
  { name: 'gpt-41', persona: personas.gpt41 },
  { name: 'gpt-41-mini', persona: personas.gpt41Mini },
  { name: 'gpt-4o-mini', persona: personas.gpt4oMini },
  { name: 'gpt-5-mini', persona: personas.gpt5Mini },
  { name: 'gpt-55', persona: personas.gpt55 },
  { name: 'gpt-4-turbo', persona: personas.gpt4Turbo },
  { name: 'gpt-4-vision', persona: personas.gpt4VisionPreview },
  { name: 'gpt-35-text', persona: personas.gpt35 },
  { name: 'gpt-41-batch', persona: personas.gpt41, isBatch: true },
];
