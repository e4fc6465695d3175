import { deleteCustomPrompt, saveCustomPrompt } from '../../../captioning/custom-prompt-store.ts';
import { presets } from '../../../captioning/presets.ts';
import type { promptProcedures } from '../../../contract/procedures/prompt.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { usualSettings } from '../../../contract/settings.ts';
import { AppError } from '../../../platform/errors.ts';
import { readSettings, saveSettings } from '../../../settings/settings.ts';
import type { EngineParts } from '../../parts.ts';
import { makePrompt, readPrompt } from '../../prompts.ts';

export function promptWrites(parts: EngineParts): HandlersOf<typeof promptProcedures, WriteProcedureName> {
  return {
    'prompt.save': (input) => {
      const { name } = input;
      if (Object.hasOwn(presets, name)) {
        throw new AppError('conflict', { reason: `“${name}” is the name of a preset.` });
      }
      const prompt = 'spec' in input ? makePrompt(name, input.spec) : readPrompt(name, input.source);
      const { custom } = prompt;
      if (custom !== null) {
        parts.transact((db) => {
          saveCustomPrompt(db, name, custom, parts.clock.now());
        });
      }
      parts.events.emit('prompt.changed', {});
      return prompt;
    },
    'prompt.remove': ({ name }) => {
      removePrompt(parts, name);
      return {};
    },
  };
}

/** Where it is what is usually asked with, the usual preset takes its place. */
function removePrompt(parts: EngineParts, name: string): void {
  const isUsual = readSettings(parts.read).prompt === name;
  const removed = parts.transact((db) => {
    if (isUsual) saveSettings(db, { prompt: usualSettings.prompt });
    return deleteCustomPrompt(db, name);
  });
  if (removed === 0) throw new AppError('not-found', { what: name });
  parts.events.emit('prompt.changed', {});
  if (isUsual) parts.events.emit('setting.changed', {});
}
