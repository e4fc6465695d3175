import { z } from 'zod';
import { enhancements } from '../enhancements.ts';
import { connectionId, requestId } from '../ids.ts';
import { connection, ownLimits, serverKind } from '../models/connection.ts';
import { errorInfo } from '../models/error-info.ts';
import { price, tokenUsage } from '../models/usage.ts';
import { connectionSettings, count, microUsd } from './shared.ts';

/** A connection with what follows from its settings. */
export const connectionView = connection.extend({
  /** What is sent stays on this machine or in its private network: it costs nothing, and serves `local-only` folders. */
  isLocal: z.boolean(),
  /** As its user said, else as the service last answered. */
  model: z.string().nullable(),
  /** `null` = unknown: a budget cannot be kept. */
  price: price.nullable(),
  /** Runs may go as batches: at half the price, within a day. */
  takesBatches: z.boolean(),
});

/** A model as a server lists it. `unknown` = its server does not say. */
const servedModel = z.object({
  id: z.string(),
  vision: z.enum(['yes', 'no', 'unknown']),
  contextTokens: count.nullable(),
});

/** What a test looks at, in this order. A failed check leaves those behind it that depend on it as `unknown`. */
export const connectionCheck = z.object({
  name: z.enum(['settings', 'reach', 'key', 'model', 'vision', 'answer', 'price']),
  state: z.enum(['ok', 'warning', 'failed', 'unknown']),
  /** What is wrong; its sentence says what to do. */
  error: errorInfo.nullable(),
});

/** Who answers. */
export const connectionProcedures = {
  /** Those that were not removed, oldest first. */
  'connection.list': { reads: true, input: z.object({}), output: z.array(connectionView) },
  /** Adds a connection or brings the one with the same kind, endpoint and deployment up to date. */
  'connection.save': {
    reads: false,
    input: connectionSettings,
    output: connection,
  },
  /** Changes what may be changed without making it another connection. What is left out stays; `null` takes it away. */
  'connection.set': {
    reads: false,
    input: z.object({
      connectionId,
      /** `null` = called after its deployment and host again. */
      name: z.string().trim().min(1).max(80).nullable().optional(),
      modelId: z.string().trim().min(1).nullable().optional(),
      batchDeployment: z.string().trim().min(1).nullable().optional(),
      concurrency: z.number().int().min(1).max(256).optional(),
      ownPrice: price.nullable().optional(),
      signIn: z.enum(['key', 'entra']).optional(),
      /** `null` = none any more. */
      enhancements: enhancements.nullable().optional(),
      ownLimits: ownLimits.partial().optional(),
    }),
    output: connectionView,
  },
  /**
   * Takes a connection out of the lists. What it described and what that cost stays. `conflict` while a run or a
   * folder's standing rule uses it.
   */
  'connection.remove': { reads: false, input: z.object({ connectionId }), output: z.object({}) },
  /**
   * Looks for servers of models on this machine, on their usual ports or on the given ones, and nowhere else. Sends
   * neither a key nor a picture.
   */
  'connection.discover': {
    reads: false,
    input: z.object({ ports: z.array(z.number().int().min(1).max(65_535)).max(16).optional() }),
    output: z.array(
      z.object({
        server: serverKind,
        /** As `connection.save` takes it. */
        endpoint: z.string(),
        /** It shows nothing without a key. */
        needsKey: z.boolean(),
        models: z.array(servedModel),
      }),
    ),
  },
  /**
   * Finds out what exactly is wrong with a connection: first by questions that cost nothing, then, unless told not to,
   * with one tiny picture, which stands in the ledger. What it learns is kept with the connection; when nothing is wrong,
   * a queue that waited for it goes on.
   */
  'connection.test': {
    reads: false,
    input: z.object({ connectionId, sendPicture: z.boolean().optional() }),
    output: z.object({
      /** Nothing keeps it from describing. There may be warnings. */
      isUsable: z.boolean(),
      checks: z.array(connectionCheck),
      server: serverKind.nullable(),
      /** The model behind the deployment, as far as it is known now. */
      model: z.string().nullable(),
      /** What the server serves, where it says so; those that see pictures first. */
      models: z.array(servedModel),
      price: price.nullable(),
      requestsPerMinute: count.nullable(),
      tokensPerMinute: count.nullable(),
      /** From sending the picture to the whole answer; `null` when none was sent. */
      elapsedMs: count.nullable(),
      requestId: requestId.nullable(),
      usage: tokenUsage.nullable(),
      costMicroUsd: microUsd,
    }),
  },
} as const;
