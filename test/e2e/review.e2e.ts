import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';
import { describeAll, openRuns, setUpPaidService } from './runs.ts';

test.describe('what a model said and may be wrong', { tag: '@view' }, () => {
  test.use({ launch: { photos: 2, emulator: true, hasKeyInEnvironment: false } });

  test('is found from the sidebar and from its run, says why, and is corrected or accepted', async ({
    app,
    page,
  }) => {
    await setUpPaidService(app);
    // The emulator answers in English.
    await app.call('setting.set', { descriptionLanguage: 'de' });
    await describeAll(page, 2);
    const sidebar = page.getByRole('navigation').first();
    const doubtful = sidebar.getByRole('link', { name: /^May be wrong/ });
    const doubt = page.getByText('another language than the one that was asked for');

    await test.step('corrected: what a person wrote is not doubted', async () => {
      await doubtful.click();
      await expect(page.getByRole('status').filter({ hasText: '2 photos found' })).toBeVisible();
      await takeScreenshots(page, 'doubtful');
      await page
        .getByRole('gridcell', { name: /should be looked at/ })
        .first()
        .dblclick();
      await expect(doubt).toBeVisible();
      await expectAccessible(page);
      await takeScreenshots(page, 'photo-doubts');
      await page.getByRole('button', { name: 'Correct it' }).click();
      const title = page.getByRole('textbox', { name: 'Title' });
      await expect(title).toBeFocused();
      await title.fill('Farben');
      await title.press('Control+Enter');
      await expect(page.getByText('Saved. It is yours now')).toBeVisible();
      await expect(doubt).toHaveCount(0);
      await page.locator('body').press('Escape');
    });

    await test.step('accepted as it is: nothing is doubtful any more', async () => {
      await expect(page.getByRole('status').filter({ hasText: '1 photo found' })).toBeVisible();
      await page.getByRole('gridcell').first().dblclick();
      await page.getByRole('button', { name: 'Accept', exact: true }).click();
      await expect(doubt).toHaveCount(0);
      await expect(doubtful).toHaveCount(0);
    });

    await test.step('its run shows the photos that it described', async () => {
      await openRuns(page);
      await page.getByRole('link', { name: 'Show the 2 photos that it described' }).click();
      await expect(page).toHaveURL(/q=run%3A\d+/);
      await expect(page.getByRole('gridcell')).toHaveCount(2);
    });
  });
});
