import type { settingProcedures } from '../../../contract/procedures/setting.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { readSettings, saveSettings } from '../../../settings/settings.ts';
import { resumeWithinMonth } from '../../month-budgets.ts';
import type { EngineParts } from '../../parts.ts';
import { takeUpVideos } from '../../videos.ts';

export function settingWrites(parts: EngineParts): HandlersOf<typeof settingProcedures, WriteProcedureName> {
  return {
    'setting.set': async (changes) => {
      parts.transact((db) => {
        saveSettings(db, changes);
      });
      if (changes.monthlyBudgetMicroUsd !== undefined) resumeWithinMonth(parts);
      if (changes.ffmpegPath !== undefined) await takeUpVideos(parts);
      parts.events.emit('setting.changed', {});
      return readSettings(parts.read);
    },
  };
}
