import type { Connection } from '../../contract/models/connection.ts';

/** What one file may hold. */
export type BatchLimits = { readonly bytes: number; readonly lines: number; readonly tokens: number };

type Filled = { readonly sizeBytes: number; readonly lines: number; readonly tokens: number };

/** AZURE §7; 200 MB, with some room for whoever counts them in another way. */
const byKind: Readonly<Record<'azure' | 'openai', Omit<BatchLimits, 'tokens'>>> = {
  azure: { bytes: 190_000_000, lines: 100_000 },
  openai: { bytes: 190_000_000, lines: 50_000 },
};

/** With what a service taught us of its quota. */
export function batchLimits({ kind, learned }: Pick<Connection, 'kind' | 'learned'>): BatchLimits {
  const limits = byKind[kind === 'azure-openai' ? 'azure' : 'openai'];
  return { ...limits, tokens: learned.batchTokens ?? Number.POSITIVE_INFINITY };
}

/** Whether a line goes into a batch that holds so much already. The first always does: the service has the last word. */
export function fitsBatch(
  { sizeBytes, lines, tokens }: Filled,
  line: { readonly sizeBytes: number; readonly tokens: number },
  limits: BatchLimits,
): boolean {
  if (lines === 0) return true;
  return (
    lines + 1 <= limits.lines &&
    sizeBytes + line.sizeBytes <= limits.bytes &&
    tokens + line.tokens <= limits.tokens
  );
}
