import type { promptProcedures } from '../../../contract/procedures/prompt.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { listPrompts, previewPrompt } from '../../prompts.ts';
import type { ReadContext } from '../context.ts';

export function promptReads({ read }: ReadContext): HandlersOf<typeof promptProcedures, ReadProcedureName> {
  return {
    'prompt.list': () => listPrompts(read),
    'prompt.preview': ({ options }) => previewPrompt(options),
  };
}
