/** @file The lists of models and deployments (AZURE §1.10). */

import type { JsonObject } from './checks.ts';
import type { Deployment } from './personas.ts';
import type { Route } from './routes.ts';

const createdAtSeconds = 1_744_600_000;

export function listFor(
  route: Exclude<Route, { kind: 'chat' | 'batch' }>,
  deployments: readonly Deployment[],
): JsonObject {
  if (route.kind === 'deployments') return { object: 'list', data: deployments.map(deploymentEntry) };
  if (route.form === 'dated') return { object: 'list', data: baseModels(deployments).map(regionModel) };
  // Azure lists the region's base models; a local server lists what `model` may name.
  const ids = route.form === 'v1' ? baseModels(deployments) : deployments.map(({ name }) => name);
  return {
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', created: createdAtSeconds, owned_by: 'emulator' })),
  };
}

function baseModels(deployments: readonly Deployment[]): string[] {
  return [...new Set(deployments.map(({ persona }) => persona.model))];
}

function regionModel(id: string): JsonObject {
  return {
    id,
    object: 'model',
    status: 'succeeded',
    capabilities: {
      fine_tune: false,
      inference: true,
      completion: false,
      chat_completion: true,
      embeddings: false,
    },
    lifecycle_status: 'generally-available',
    deprecation: { inference: createdAtSeconds + 63_072_000 },
    created_at: createdAtSeconds,
  };
}

function deploymentEntry({ name, persona }: Deployment): JsonObject {
  return {
    id: name,
    model: persona.model,
    object: 'deployment',
    status: 'succeeded',
    owner: 'organization-owner',
    created_at: createdAtSeconds,
    updated_at: createdAtSeconds,
    scale_settings: { scale_type: 'standard' },
  };
}
