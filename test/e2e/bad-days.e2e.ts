import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock } from '../../app/db/lock.ts';
import { expect, test, type App } from './app.ts';
import { fillDisk } from './disk.ts';
import { expectAccessible, takeScreenshots } from './look.ts';
import { describeAll, holdAnswers, setUpPaidService } from './runs.ts';

// A whole journey in one start of the app: longer than other tests on a busy machine.
test.describe.configure({ timeout: 300_000 });

test.describe('an engine that dies, and a drive that is unplugged', () => {
  test.use({ launch: { photos: 40 } });

  test('leave the window as it was, which says so, and come back by themselves', async ({ app, page }) => {
    const grid = page.getByRole('grid');
    await expect(grid).toHaveAccessibleName(/^40 photos/);

    await test.step('killed while somebody scrolls', async () => {
      await grid.hover();
      await page.mouse.wheel(0, 400);
      await app.killEngine();
      await page.mouse.wheel(0, 200);
      await expect(grid).toBeVisible();
      await expect(page.getByText('Cutline is back. Everything is up to date.')).toBeVisible();
      await expect(grid).toHaveAccessibleName(/^40 photos/);
      // Where a person was, they are still.
      expect(await grid.evaluate((element) => (element as { scrollTop: number }).scrollTop)).not.toBe(0);
      expect((await app.call('library.summary', {})).photos).toBe(40);
    });

    await test.step('unplugged, and plugged in again', async () => {
      await rename(app.photos, `${app.photos}-away`);
      await page.keyboard.press('Control+,');
      await page.getByRole('button', { name: 'Look again' }).click();
      await expect(page.getByText('not connected; nothing of it is lost')).toBeVisible();
      await takeScreenshots(page, 'folder-offline');
      await expectAccessible(page);
      await page.getByRole('link', { name: 'All photos' }).click();
      await expect(page.getByText('No folder can be reached now.')).toBeVisible();
      await expect(grid).toHaveAccessibleName(/^40 photos/);
      await takeScreenshots(page, 'library-offline');
      await rename(`${app.photos}-away`, app.photos);
      // Looked for by itself every 15 seconds.
      await expect(page.getByText('No folder can be reached now.')).toHaveCount(0, { timeout: 60_000 });
      expect((await app.call('library.summary', {})).photos).toBe(40);
    });
  });
});

test.describe('an engine that cannot be reached', () => {
  test.use({ launch: { photos: 2 } });

  test('is said in words, and gone on with when it is back', async ({ app, page }) => {
    const grid = page.getByRole('grid');
    const banner = page.locator('.engine-banner');
    await expect(grid).toHaveAccessibleName(/^2 photos/);

    await test.step('the way to it is cut', async () => {
      await app.takeAway();
      await expect(banner).toBeVisible();
      await expect(grid).toBeVisible();
      if (app.host === 'web') {
        await expect(banner).toContainText('The connection to Cutline is cut.');
        await takeScreenshots(page, 'connection-cut');
        await expectAccessible(page);
      }
    });

    await test.step('another Cutline has the library', async () => {
      const lock = await takeLibrary(app);
      await app.bringBack();
      await expect(banner).toContainText('Another Cutline is using this library');
      await takeScreenshots(page, 'library-in-use');
      await expectAccessible(page);
      lock.release();
      await expect(banner).toBeHidden();
      expect((await app.call('library.status', {})).photos).toBe(2);
    });
  });
});

test.describe('a disk that is full', () => {
  test.use({ launch: { photos: 12, emulator: true, hasKeyInEnvironment: false, diskMegabytes: 32 } });

  test('stops it in words, with everything kept, until there is room', async ({ app, page }) => {
    await setUpPaidService(app);
    const answers = holdAnswers(app);
    await describeAll(page, 12);
    await app.emulator.waitForRequests(1);
    const filler = await fillDisk(app.library);
    answers.release();
    const banner = page.getByRole('alert').filter({ hasText: 'The disk is full' });
    await expect(banner).toBeVisible();
    await expect(page.getByRole('grid')).toBeVisible();
    await takeScreenshots(page, 'disk-full');
    await expectAccessible(page);

    await filler.free();
    await banner.getByRole('button', { name: 'Try again' }).click();
    await expect(banner).toHaveCount(0);
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('12 described');
    // What was paid and could not be kept is not forgotten: it stands in the list of requests.
    const usage = await app.call('usage.get', {});
    expect(usage.requests).toBeGreaterThanOrEqual(app.emulator.totals().answered);
  });
});

/** As another program would. The engine may be faster to take it again than we are. */
async function takeLibrary(app: App): Promise<ReturnType<typeof acquireLock>> {
  const path = join(app.library, 'library.lock');
  const found: ReturnType<typeof acquireLock>[] = [];
  await expect
    .poll(() => {
      try {
        found.push(acquireLock(path));
      } catch {
        return 'in use';
      }
      return 'ours';
    })
    .toBe('ours');
  const [lock] = found;
  if (lock === undefined) throw new Error('The library was not taken.');
  return lock;
}
