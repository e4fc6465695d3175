import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';

/** Goes from one thing to the next with Tab until it is reached, as somebody without a pointer does. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeEnabled();
  const isThere = (): Promise<boolean> =>
    wanted.evaluate((element) => element === (element as unknown as Owned).ownerDocument.activeElement);
  for (let step = 0; step < 100 && !(await isThere()); step += 1) await page.keyboard.press('Tab');
  await expect(wanted).toBeFocused();
}

/** Opens a list of choices, goes down to one of them, and takes it. */
export async function chooseByKeys(page: Page, field: Locator, name: RegExp): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Enter');
  const option = page.getByRole('option', { name });
  await expect(option).toBeVisible();
  const isThere = (): Promise<boolean> =>
    option.evaluate((element) => (element as unknown as Matching).matches('[data-highlighted]'));
  for (let step = 0; step < 20 && !(await isThere()); step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(option).toHaveCount(0);
}

type Matching = { readonly matches: (selector: string) => boolean };
type Owned = { readonly ownerDocument: { readonly activeElement: unknown } };
