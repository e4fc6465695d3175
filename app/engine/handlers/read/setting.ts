import type { settingProcedures } from '../../../contract/procedures/setting.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { readSettings } from '../../../settings/settings.ts';
import type { ReadContext } from '../context.ts';

export function settingReads({ read }: ReadContext): HandlersOf<typeof settingProcedures, ReadProcedureName> {
  return { 'setting.get': () => readSettings(read) };
}
