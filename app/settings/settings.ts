import { settings, type SettingName, type Settings } from '../contract/settings.ts';
import { findSetting, saveSetting, type ReadDb, type WriteDb } from './setting-store.ts';

const names = Object.keys(settings.shape) as SettingName[]; // why: the keys of the shape are the settings' names

/** Beside what the engine itself keeps in the same table. */
const storedName = (name: SettingName): string => `app.${name}`;

/** Everything that a person can set. What they did not set, or what another release stored and this one cannot read, is as usual. */
export function readSettings(db: ReadDb): Settings {
  const stored = names.flatMap((name): [SettingName, unknown][] => {
    const value = settings.shape[name].safeParse(findSetting(db, storedName(name)));
    return value.success ? [[name, value.data]] : [];
  });
  return settings.parse(Object.fromEntries(stored));
}

/** Stores what is given; the rest stays as it is. In the caller's transaction. */
export function saveSettings(
  db: WriteDb,
  changes: { readonly [Name in SettingName]?: Settings[Name] | undefined },
): void {
  for (const name of names) {
    if (changes[name] !== undefined) saveSetting(db, storedName(name), changes[name]);
  }
}
