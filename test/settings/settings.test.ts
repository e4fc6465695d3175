import { expect, it } from 'vitest';
import { settings, usualSettings } from '../../app/contract/settings.ts';
import { saveSetting } from '../../app/settings/setting-store.ts';
import { readSettings, saveSettings } from '../../app/settings/settings.ts';
import { useTestDatabase } from '../helpers/database.ts';

it('are as usual until a person sets them', () => {
  expect(readSettings(useTestDatabase())).toEqual(usualSettings);
});

it('keep what was set, and leave the rest alone', () => {
  const db = useTestDatabase();
  saveSettings(db, { theme: 'dark', monthlyBudgetMicroUsd: 20_000_000 });
  saveSettings(db, { theme: 'light', fields: ['keywords'] });
  expect(readSettings(db)).toEqual({
    ...usualSettings,
    theme: 'light',
    monthlyBudgetMicroUsd: 20_000_000,
    fields: ['keywords'],
  });
  saveSettings(db, { monthlyBudgetMicroUsd: null });
  expect(readSettings(db).monthlyBudgetMicroUsd).toBeNull();
});

it('are as usual where another release stored what this one cannot read', () => {
  const db = useTestDatabase();
  saveSettings(db, { textScale: 120 });
  saveSetting(db, 'app.theme', 'sepia');
  expect(readSettings(db)).toEqual({ ...usualSettings, textScale: 120 });
});

it('have a usual value each', () => {
  expect(Object.keys(usualSettings)).toEqual(Object.keys(settings.shape));
});
