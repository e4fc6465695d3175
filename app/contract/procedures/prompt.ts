import { z } from 'zod';
import { customPrompt, promptSpec } from '../models/prompt.ts';
import { runOptions } from '../models/run.ts';

/** A prompt as one chooses it: pass `name`, and `custom` as it is, in the options of a run. */
const prompt = promptSpec.extend({ name: z.string(), custom: customPrompt.nullable() });

const promptName = z.string().trim().min(1).max(60);

/** What a model is asked. */
export const promptProcedures = {
  /** The presets, then the person's own, each as it was saved last. */
  'prompt.list': { reads: true, input: z.object({}), output: z.array(prompt) },
  /** The very words that a run with these options would send with each photo, and their version. */
  'prompt.preview': {
    reads: true,
    input: z.object({ options: runOptions }),
    output: z.object({ version: z.string(), instructions: z.string(), responseSchema: z.string() }),
  },
  /** Keeps a prompt under a name, as a prompt file's content or part by part; a changed one is another version. */
  'prompt.save': {
    reads: false,
    input: z.union([
      z.object({ name: promptName, source: z.string().max(20_000) }),
      z.object({ name: promptName, spec: promptSpec.omit({ label: true }) }),
    ]),
    output: prompt,
  },
  /** Takes a prompt of the person's own out of the list. What was described with it stays, and so does what it was asked. */
  'prompt.remove': { reads: false, input: z.object({ name: promptName }), output: z.object({}) },
} as const;
