import { z } from 'zod';
import { enhancements } from '../enhancements.ts';
import { connectionId } from '../ids.ts';
import { errorInfo } from './error-info.ts';
import { price, visionFeature } from './usage.ts';

/**
 * Where a key is kept: the environment; the desktop's own store, encrypted by the system (`system-weak`: with a password that
 * everybody knows, since this system has none of its own); the system's keyring; a file that only its owner may read; until
 * the program ends.
 */
export const secretPlace = z.enum([
  'environment',
  'system',
  'system-weak',
  'keyring',
  'file',
  'memory',
  'entra',
]);
export type SecretPlace = z.infer<typeof secretPlace>;

/** `built-in` needs no model; the others speak a service's protocol. `azure-vision` is Image Analysis 4.0, which counts features. */
export const connectionKind = z.enum(['built-in', 'azure-openai', 'openai-compatible', 'azure-vision']);
export type ConnectionKind = z.infer<typeof connectionKind>;

/** `offline` goes on by itself; `blocked` waits for a person (key refused, deployment unknown …). DESIGN §5. */
export const connectionState = z.enum(['ready', 'offline', 'blocked']);
export type ConnectionState = z.infer<typeof connectionState>;

/** Software that speaks OpenAI's protocol, each in its own way (AZURE §8); `other` = none that we know more of. */
export const serverKind = z.enum(['ollama', 'lm-studio', 'llama-cpp', 'vllm', 'openai', 'other']);
export type ServerKind = z.infer<typeof serverKind>;

/**
 * What a deployment taught us by refusing a parameter (AZURE §1.5), and what its server says of itself; kept per
 * connection. `unsupportedParameters` are left out of later requests.
 */
export const learned = z.object({
  /** The model is served by the Responses API alone (AZURE §1.9). */
  api: z.literal('responses').optional(),
  tokenLimitParameter: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
  unsupportedParameters: z.array(z.string()).optional(),
  /** Strongest kind of structured output that it takes. */
  structuredOutput: z.enum(['json_schema', 'json_object', 'none']).optional(),
  /** Features that Image Analysis does not have in the connection's region. */
  unsupportedFeatures: z.array(visionFeature).optional(),
  /** Model as the service last named it. */
  modelAnswered: z.string().optional(),
  /** Which software answers, where it says so. */
  server: serverKind.optional(),
  /** Whether the model sees pictures, by its server's word; one that does not is asked about anew each time. */
  vision: z.enum(['yes', 'unknown']).optional(),
  /** The server says that the model thinks before it answers, unless told not to. */
  thinks: z.boolean().optional(),
  /** More tokens than these were too many for a batch. */
  batchTokens: z.number().int().positive().optional(),
});
export type Learned = z.infer<typeof learned>;

/** `null` = no limit of the user's own. */
export const ownLimits = z.object({
  requestsPerMinute: z.number().int().positive().nullable(),
  tokensPerMinute: z.number().int().positive().nullable(),
});
export type OwnLimits = z.infer<typeof ownLimits>;

/** How a person set up a service. The key is never part of it (DESIGN §10). */
export const connection = z.object({
  id: connectionId,
  kind: connectionKind,
  name: z.string(),
  endpoint: z.string().nullable(),
  /** Azure: `dated` = `/openai/deployments/{deployment}?api-version=`, `v1` = `/openai/v1/` (AZURE §1.1 A and B). */
  form: z.enum(['dated', 'v1']).nullable(),
  apiVersion: z.string().nullable(),
  /** Azure: the deployment's name; elsewhere the model's. `null` for built-in. */
  deployment: z.string().nullable(),
  /** Azure: the deployment that answers batches, which is never the one that answers at once. Left out: not said. */
  batchDeployment: z.string().optional(),
  /** The model behind it, as the user said or as *Test* learned: size rules and price come from it. */
  modelId: z.string().nullable(),
  /** Requests in flight at once. */
  concurrency: z.number().int().positive(),
  /** The limits in force, per minute: the service's and the user's own. */
  requestsPerMinute: z.number().int().positive().nullable(),
  tokensPerMinute: z.number().int().positive().nullable(),
  /** A price that the user set; it wins over the table. */
  ownPrice: price.nullable(),
  /** Limits that the user set, per minute; where the service says its own, the lower one counts. */
  ownLimits,
  /** With Microsoft Entra, as this machine is signed in there. @default with a key */
  signIn: z.literal('entra').optional(),
  /** The variable of the environment that gives its key by its name. Left out: it has none, or shares it with another. */
  keyVariable: z.string().optional(),
  enhancements: enhancements.optional(),
  learned,
  state: connectionState,
  error: errorInfo.nullable(),
});
export type Connection = z.infer<typeof connection>;
