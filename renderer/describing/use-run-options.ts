import type { RunOptions } from '../../app/contract/models/run.ts';
import { useQueryOf } from '../engine/hooks.ts';
import { runOptionsBy } from './run-options.ts';

/** What a run is asked for by the settings as they are; `undefined` until they are known. */
export function useRunOptions(): RunOptions | undefined {
  const { data: settings } = useQueryOf('setting.get', {});
  const { data: prompts } = useQueryOf('prompt.list', {});
  return settings === undefined || prompts === undefined ? undefined : runOptionsBy(settings, prompts);
}
