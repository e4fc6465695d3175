import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('settings', () => {
  test.use({ launch: { photos: 3, isDescribed: true } });
  // A whole journey in one start of the app: longer than other tests on a busy machine.
  test.describe.configure({ timeout: 300_000 });

  test('are kept by the engine and the window, over a reload, in two languages', async ({ app, page }) => {
    await page.keyboard.press('Control+,');
    const folders = page.getByRole('region', { name: 'Folders' });
    await choose(page, 'Where its photos may go', 'Only to this machine and its network');
    await expect(page.getByText('A service in the cloud never gets one of them')).toBeVisible();
    await choose(page, 'Photos that appear', /^Describe with/);
    await folders.getByRole('button', { name: 'Set this rule' }).click();
    await expect
      .poll(async () => (await app.call('root.list', {})).map(({ privacy, rule }) => [privacy, rule.kind]))
      .toEqual([['local-only', 'describe']]);
    await look(page, 'settings-folders');

    await page.getByRole('link', { name: 'Describing' }).click();
    const budget = page.getByRole('textbox', { name: 'Budget for a month' });
    await budget.fill('nothing');
    await expect(page.getByText('Enter an amount above 0')).toBeVisible();
    await budget.fill('12.50');
    await budget.press('Enter');
    await expect(page.getByRole('meter', { name: 'Spent of this month’s budget' })).toBeVisible();
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('of $12.50');
    expect((await app.call('setting.get', {})).monthlyBudgetMicroUsd).toBe(12_500_000);
    await look(page, 'settings-describing');

    for (const [section, view] of [
      ['Connections', 'settings-connections'],
      ['Usage', 'settings-usage'],
      ['About', 'settings-about'],
    ] as const) {
      await page.getByRole('link', { name: section, exact: true }).click();
      await expect(page.getByRole('heading', { name: section })).toBeVisible();
      await look(page, view);
    }

    await page.getByRole('link', { name: 'Appearance' }).click();
    await choose(page, 'Theme', 'Light');
    await choose(page, 'Text size', /125/);
    await choose(page, 'Language of this window', 'Deutsch');
    await expect(page.getByRole('heading', { name: 'Aussehen' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Aussehen' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await look(page, 'settings-german');
  });
});

async function look(page: Page, view: string): Promise<void> {
  await takeScreenshots(page, view);
  await expectAccessible(page);
}

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}
