import type { Output } from '../contract/procedures.ts';
import { discoverServers } from '../providers/servers/discover.ts';
import type { ServedModel } from '../providers/servers/served-model.ts';

/** Looks for servers of models on this machine; needs no library. Sends neither a key nor a picture. */
export async function discover(
  ports: readonly number[] | undefined,
  signal: AbortSignal,
): Promise<Output<'connection.discover'>> {
  const found = await discoverServers({ ports, signal });
  return found.map(({ models, ...server }) => ({ ...server, models: toServedModels(models) }));
}

/** As the contract has it: the models that see pictures first. */
export function toServedModels(models: readonly ServedModel[]): Output<'connection.test'>['models'] {
  const rank = { yes: 0, unknown: 1, no: 2 } as const;
  return models
    .toSorted((one, other) => rank[one.vision] - rank[other.vision])
    .map(({ id, vision, contextTokens }) => ({ id, vision, contextTokens: contextTokens ?? null }));
}
