import type { Page } from '@playwright/test';
import { expect, test, type App } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('the first three minutes', () => {
  test('lead from nothing to captions of the sample photos, which cost nothing', async ({ app, page }) => {
    await page.getByRole('button', { name: 'Set up in three steps' }).click();
    await expect(page.getByText('Choose photos first')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sample photos' }).click();
    await expect(page.getByText('Nothing leaves this machine.')).toBeVisible();
    await takeScreenshots(page, 'first-start-plan');
    // Files are read meanwhile, and come to the plan one after the other.
    await page.getByRole('button', { name: 'Describe all 13 photos' }).click();

    const arriving = page.getByRole('region', { name: 'Captions as they come' });
    await expect(arriving.getByRole('link').first()).toBeVisible();
    await expect
      .poll(async () => {
        const { photos, baseline } = await app.call('library.summary', {});
        return photos > 0 && photos === baseline;
      })
      .toBe(true);
    await takeScreenshots(page, 'first-start-captions');
    await expectAccessible(page);
    await arriving.getByRole('link', { name: 'To the library' }).click();
    await expect(page.getByRole('grid')).toBeVisible();
  });

  test('takes folders that a person chooses', async ({ app, page }) => {
    await page.getByRole('button', { name: 'Set up in three steps' }).click();
    await chooseFolder(app, page);
    await expect(page.getByText(app.photos)).toBeVisible();
    await expect
      .poll(async () => (await app.call('root.list', {})).map(({ path }) => path))
      .toEqual([app.photos]);
  });
});

/** In the system's dialog, which the test answers; in a browser in the app's own. */
async function chooseFolder(app: App, page: Page): Promise<void> {
  if (app.electron === undefined) {
    await page.getByRole('button', { name: 'Add a folder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose a folder of photos' });
    await dialog.getByRole('list', { name: 'Places' }).getByRole('button').first().click();
    await dialog.getByRole('list', { name: 'Folders in it' }).getByRole('button', { name: 'photos' }).click();
    await expect(dialog.getByText(app.photos)).toBeVisible();
    await dialog.getByRole('button', { name: 'Choose this folder' }).click();
  } else {
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, app.photos);
    await page.getByRole('button', { name: 'Add a folder…' }).click();
  }
}
