import { expect, type Page } from '@playwright/test';
import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Fault } from '../azure-emulator/faults.ts';
import type { App } from './app.ts';
import { connectAzure, giveKey } from './connections.ts';

/** The emulator as a connection with its key, as a person would have set it up. @param modelId whose price is known at once */
export async function setUpPaidService(app: App, modelId?: string): Promise<ConnectionId> {
  const connectionId = await connectAzure(app, {
    deployment: 'gpt-41-mini',
    ...(modelId === undefined ? {} : { modelId }),
  });
  await giveKey(app, connectionId);
  return connectionId;
}

/** Completions wait until they are released. @param but so many, which are answered at once */
export function holdAnswers(app: App, but = 0): { release: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let requests = 0;
  const slow: Fault = {
    name: 'slow',
    until: promise,
    when: () => {
      requests += 1;
      return requests > but;
    },
  };
  app.emulator.faults.always(slow);
  return {
    release: () => {
      app.emulator.faults.clear();
      resolve(undefined);
    },
  };
}

/** @param budget in US dollars, as a person types it */
export async function describeAll(page: Page, photos: number, budget = ''): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Describe photos' });
  const who = dialog.getByRole('combobox', { name: 'Described by' });
  await who.click();
  await page.getByRole('option', { name: /gpt-41-mini/ }).click();
  if (budget !== '') await dialog.getByRole('textbox', { name: 'Budget' }).fill(budget);
  await dialog.getByRole('button', { name: new RegExp(`^Describe ${String(photos)} photos`) }).click();
  await expect(dialog).toHaveCount(0);
}

export async function openRuns(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
}

export async function undoFirstRun(page: Page, photos: number): Promise<void> {
  await openRuns(page);
  await page.getByRole('button', { name: 'Undo…' }).click();
  const agree = page.getByRole('dialog').getByRole('button', { name: `Undo for ${String(photos)} photos` });
  await agree.click();
  // Not every dialog: what is said of it afterwards is one as well, and stays for seconds.
  await expect(agree).toHaveCount(0);
}
