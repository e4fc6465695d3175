import { parsePromptFile } from '../captioning/prompt-file.ts';
import { listCustomPrompts } from '../captioning/custom-prompt-store.ts';
import { presets } from '../captioning/presets.ts';
import type { Output } from '../contract/procedures.ts';
import type { ReadDb } from '../captioning/candidate-store.ts';

type Prompt = Output<'prompt.list'>[number];

/** The presets, and behind them what the library keeps. @param db none where there is no library yet */
export function listPrompts(db?: ReadDb): Prompt[] {
  return [
    ...Object.entries(presets).map(([name, spec]) => ({ name, custom: null, ...spec })),
    ...(db === undefined ? [] : listCustomPrompts(db)).map(({ name, custom }) => ({
      name,
      custom,
      ...custom.spec,
    })),
  ];
}

/** @throws {AppError} `invalid-input` */
export function readPrompt(name: string, source: string): Prompt {
  const custom = parsePromptFile(name, source);
  return { name, custom, ...custom.spec };
}
