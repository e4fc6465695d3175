import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

/** The number on the first photo of a burst. */
const badge = (page: Page) => page.locator('.photo-group');

test.describe('photos that were taken in one go', { tag: '@view' }, () => {
  test.use({ launch: { photos: 1, burst: 4, isDescribed: true } });

  test('are counted in the grid, folded behind the first of them, selected as a whole, and found by their camera and place', async ({
    page,
  }) => {
    const cells = page.getByRole('gridcell');
    const bar = page.getByRole('toolbar', { name: 'Selected photos' });

    await test.step('a click on their number folds and unfolds them', async () => {
      await expect(badge(page)).toHaveText('4');
      await expect(cells).toHaveCount(5);
      await takeScreenshots(page, 'look-alikes');
      await badge(page).click();
      await expect(cells).toHaveCount(2);
      await expect(
        page.getByRole('gridcell', { name: /the first of 4 that look alike, folded/ }),
      ).toBeVisible();
      await expect(page.getByText('4 photos', { exact: true })).toBeVisible();
      await expect(bar).toBeHidden();
      await takeScreenshots(page, 'look-alikes-folded');
      await expectAccessible(page);
      await badge(page).click();
      await expect(cells).toHaveCount(5);
    });

    await test.step('all of them by one button, and one by its key', async () => {
      const all = page.getByRole('button', { name: 'One photo of each burst and of near-duplicates' });
      await all.click();
      await expect(all).toHaveAttribute('aria-pressed', 'true');
      await expect(cells).toHaveCount(2);
      await page.getByRole('grid').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('b');
      await expect(cells).toHaveCount(5);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('b');
      await expect(cells).toHaveCount(2);
    });

    await test.step('what is folded is selected with the photo that is seen', async () => {
      await page.getByRole('grid').press('Home');
      await expect(bar.getByRole('status')).toHaveText('4 photos selected');
      await page.keyboard.press('Shift+End');
      await expect(bar.getByRole('status')).toHaveText('5 photos selected');
      await page.keyboard.press('Escape');
      await cells.first().dblclick();
      await expect(page.getByText('1 of 5')).toBeVisible();
    });

    await test.step('the sidebar knows their camera and where they were taken', async () => {
      const sidebar = page.getByRole('navigation').first();
      const found = page.getByRole('status').filter({ hasText: 'photos found' });
      for (const [group, name, query] of [
        ['Cameras', /^D40 4/, /camera:/],
        ['Places', /^Baixa, Lisbon, Portugal 4/, /place:/],
      ] as const) {
        await sidebar.getByRole('link', { name: 'All photos' }).click();
        await expect(found).toHaveCount(0);
        await sidebar.getByRole('button', { name: group }).click();
        await sidebar.getByRole('link', { name }).click();
        await expect(found).toHaveText('4 photos found');
        await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue(query);
      }
    });
  });
});
