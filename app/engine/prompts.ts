import { parsePromptFile, toCustomPrompt } from '../captioning/prompt-file.ts';
import { listCustomPrompts } from '../captioning/custom-prompt-store.ts';
import { presets } from '../captioning/presets.ts';
import type { Output } from '../contract/procedures.ts';
import { instructions, promptVersion } from '../captioning/prompt.ts';
import { responseSchema } from '../captioning/response-schema.ts';
import type { PromptSpec } from '../contract/models/prompt.ts';
import type { RunOptions } from '../contract/models/run.ts';
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

/** The very words that a run with these options sends with each photo, beside what is known of it. */
export function previewPrompt(options: RunOptions): Output<'prompt.preview'> {
  return {
    version: promptVersion(options),
    instructions: instructions(options),
    responseSchema: JSON.stringify(responseSchema(options.fields)),
  };
}

/** @throws {AppError} `invalid-input` */
export function readPrompt(name: string, source: string): Prompt {
  const custom = parsePromptFile(name, source);
  return { name, custom, ...custom.spec };
}

/** A prompt that a person put together part by part. */
export function makePrompt(name: string, spec: Omit<PromptSpec, 'label'>): Prompt {
  const custom = toCustomPrompt({ ...spec, label: name });
  return { name, custom, ...custom.spec };
}
