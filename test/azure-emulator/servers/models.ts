/** @file Models as people run them at home. How they count pictures is made up: the servers do not say either. */

import { personas, type Deployment, type Persona } from '../personas.ts';
import type { ServedModel, ServerTraits } from './traits.ts';

/** A server with what it serves unless told otherwise. */
export type PlayedServer = ServerTraits & { readonly deployments: readonly Deployment[] };

type Model = { readonly vision: boolean; readonly thinks?: boolean; readonly isEmbedding?: boolean };

export function localModel(name: string, { vision, thinks = false, isEmbedding = false }: Model): Deployment {
  const persona: Persona = {
    ...personas.gpt41,
    model: name,
    sizeRule: vision ? personas.gpt41Mini.sizeRule : undefined,
    maxImages: 10,
    contextTokens: 32_768,
    maxOutputTokens: 32_768,
    defaultOutputTokens: 2_048,
    thinks,
    isEmbedding,
  };
  return { name, persona };
}

export function seesPictures({ persona }: ServedModel): boolean {
  return persona.sizeRule !== undefined;
}
