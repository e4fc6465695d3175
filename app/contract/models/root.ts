import { z } from 'zod';
import { connectionId, rootId } from '../ids.ts';
import { fallback, runOptions } from './run.ts';

/** DESIGN §6, Privacy. */
export const privacy = z.enum(['may-be-sent', 'local-only', 'built-in-only']);
export type Privacy = z.infer<typeof privacy>;

export const rootState = z.enum(['online', 'offline']);
export type RootState = z.infer<typeof rootState>;

/** What a root does with photos that appear. `index` = only list them. */
export const standingRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('index') }),
  z.object({
    kind: z.literal('describe'),
    connectionId,
    /** For one calendar month (local time); `null` for connections that cost nothing. */
    monthlyBudgetMicroUsd: z.number().int().positive().nullable(),
    options: runOptions.omit({ again: true, batch: true, sendsAddresses: true }),
    fallback: fallback.nullable().optional(),
  }),
]);
export type StandingRule = z.infer<typeof standingRule>;

export const root = z.object({
  id: rootId,
  path: z.string(),
  state: rootState,
  rule: standingRule,
  privacy,
  ignorePatterns: z.array(z.string()),
  scannedAtMs: z.number().int().nullable(),
});
export type Root = z.infer<typeof root>;
