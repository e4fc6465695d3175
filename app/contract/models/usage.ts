import { z } from 'zod';

/** What Image Analysis is asked for, by its own names (AZURE §5.2). Each is one billed transaction of a picture. */
export const visionFeature = z.enum([
  'caption',
  'denseCaptions',
  'tags',
  'objects',
  'read',
  'people',
  'smartCrops',
]);
export type VisionFeature = z.infer<typeof visionFeature>;

/** Tokens of one request. `undefined` = the service did not say; never a made-up 0 (STYLE §2.17). */
export const tokenUsage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Part of the input tokens. */
  cachedInputTokens: z.number().int().nonnegative().optional(),
  /** Part of the input tokens, where the service tells. */
  imageTokens: z.number().int().nonnegative().optional(),
  /** Part of the output tokens. */
  reasoningTokens: z.number().int().nonnegative().optional(),
  /** Of a service that counts features: those that it gave. Its tokens are 0. */
  features: z.array(visionFeature).optional(),
});
export type TokenUsage = z.infer<typeof tokenUsage>;

/** Per million tokens, in millionths of a US dollar: 2.50 USD is 2 500 000; of a service that counts features, per transaction. */
export const price = z.object({
  inputMicroUsdPerMillion: z.number().nonnegative(),
  cachedInputMicroUsdPerMillion: z.number().nonnegative().optional(),
  outputMicroUsdPerMillion: z.number().nonnegative(),
  /** One transaction of each feature: 1.50 USD per thousand is 1 500. One that is missing costs as much as the dearest. */
  featureMicroUsd: z.partialRecord(visionFeature, z.number().nonnegative()).optional(),
  /** Of each request, beside its tokens, in millionths of a US dollar. */
  requestMicroUsd: z.number().nonnegative().optional(),
  /** Where and when the price was seen; `own` for a price that the user set, `free` for our own machine. */
  source: z.string(),
});
export type Price = z.infer<typeof price>;
