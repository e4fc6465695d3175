import type { promptProcedures } from '../../../contract/procedures/prompt.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { instructions, promptVersion } from '../../../captioning/prompt.ts';
import { responseSchema } from '../../../captioning/response-schema.ts';
import { listPrompts } from '../../prompts.ts';
import type { ReadContext } from '../context.ts';

export function promptReads({ read }: ReadContext): HandlersOf<typeof promptProcedures, ReadProcedureName> {
  return {
    'prompt.list': () => listPrompts(read),
    'prompt.preview': ({ options }) => ({
      version: promptVersion(options),
      instructions: instructions(options),
      responseSchema: JSON.stringify(responseSchema(options.fields)),
    }),
  };
}
