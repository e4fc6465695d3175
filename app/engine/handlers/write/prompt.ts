import type { promptProcedures } from '../../../contract/procedures/prompt.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { saveCustomPrompt } from '../../../captioning/custom-prompt-store.ts';
import { presets } from '../../../captioning/presets.ts';
import { AppError } from '../../../platform/errors.ts';
import type { EngineParts } from '../../parts.ts';
import { readPrompt } from '../../prompts.ts';

export function promptWrites(parts: EngineParts): HandlersOf<typeof promptProcedures, WriteProcedureName> {
  return {
    'prompt.save': ({ name, source }) => {
      if (Object.hasOwn(presets, name)) {
        throw new AppError('conflict', { reason: `“${name}” is the name of a preset.` });
      }
      const prompt = readPrompt(name, source);
      const { custom } = prompt;
      if (custom !== null) {
        parts.transact((db) => {
          saveCustomPrompt(db, name, custom, parts.clock.now());
        });
      }
      return prompt;
    },
  };
}
