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
  saveSettings(db, { detail: 'low', monthlyBudgetMicroUsd: 20_000_000 });
  saveSettings(db, { detail: 'high', fields: ['keywords'] });
  expect(readSettings(db)).toEqual({
    ...usualSettings,
    detail: 'high',
    monthlyBudgetMicroUsd: 20_000_000,
    fields: ['keywords'],
  });
  saveSettings(db, { monthlyBudgetMicroUsd: null });
  expect(readSettings(db).monthlyBudgetMicroUsd).toBeNull();
});

it('are as usual where another release stored what this one cannot read', () => {
  const db = useTestDatabase();
  saveSettings(db, { prompt: 'stock' });
  saveSetting(db, 'app.detail', 'sharp');
  expect(readSettings(db)).toEqual({ ...usualSettings, prompt: 'stock' });
});

it('have a usual value each', () => {
  expect(Object.keys(usualSettings)).toEqual(Object.keys(settings.shape));
});
