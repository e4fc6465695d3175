import { basename, dirname } from 'node:path';
import { expect, test } from './app.ts';
import { chooseFolder } from './folders.ts';
import { tabTo } from './keys.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('the first three minutes', () => {
  test('lead from nothing to captions of the sample photos, which cost nothing, by keys alone', async ({
    app,
    page,
  }) => {
    await tabTo(page, page.getByRole('button', { name: 'Set up in three steps' }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('Choose photos first')).toBeVisible();
    await expectAccessible(page);
    await tabTo(page, page.getByRole('button', { name: 'Sample photos' }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('Nothing leaves this machine.')).toBeVisible();
    await takeScreenshots(page, 'first-start-plan');
    // Files are read meanwhile, and come to the plan one after the other.
    await tabTo(page, page.getByRole('button', { name: 'Describe all 13 photos' }));
    await page.keyboard.press('Enter');

    const arriving = page.getByRole('region', { name: 'Captions as they come' });
    await expect(arriving.getByRole('link').first()).toBeInViewport();
    await expect
      .poll(async () => {
        const { photos, baseline } = await app.call('library.summary', {});
        return photos > 0 && photos === baseline;
      })
      .toBe(true);
    await takeScreenshots(page, 'first-start-captions');
    await expectAccessible(page);
    await tabTo(page, arriving.getByRole('link', { name: 'To the library' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 of 13')).toBeVisible();
    await tabTo(page, page.getByRole('textbox', { name: 'Caption' }));
  });

  test('takes folders that a person chooses', async ({ app, page }) => {
    await page.getByRole('button', { name: 'Set up in three steps' }).click();
    await chooseFolder(app, page, {
      button: 'Add a folder…',
      dialog: 'Choose a folder of photos',
      home: dirname(app.photos),
      name: basename(app.photos),
    });
    await expect(page.getByText(app.photos)).toBeVisible();
    await expect
      .poll(async () => (await app.call('root.list', {})).map(({ path }) => path))
      .toEqual([app.photos]);
  });
});
