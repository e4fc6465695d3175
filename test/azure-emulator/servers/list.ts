import { llamaCpp } from './llama-cpp.ts';
import { lmStudio } from './lm-studio.ts';
import { ollama } from './ollama.ts';
import { openAi } from './openai.ts';
import type { PlayedServer } from './models.ts';
import type { ServerName } from './traits.ts';
import { vllm } from './vllm.ts';

export const servers: Readonly<Record<ServerName, PlayedServer>> = {
  ollama,
  'lm-studio': lmStudio,
  'llama-cpp': llamaCpp,
  vllm,
  openai: openAi,
};

export const serverNames: readonly ServerName[] = ['ollama', 'lm-studio', 'llama-cpp', 'vllm', 'openai'];
