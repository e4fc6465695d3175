import { join } from 'node:path';
import { acquireLock } from '../../app/db/lock.ts';
import { expect, test } from './app.ts';

test.describe('on a bad day', () => {
  test.use({ launch: { photos: 2 } });

  test('the window says that its engine is gone, and goes on when it is back', async ({ app, page }) => {
    await app.call('library.status', {});
    const banner = page.locator('.engine-banner');
    await app.takeAway();
    await expect(banner).toBeVisible();
    await expect(page.getByRole('main')).toBeVisible();
    await app.bringBack();
    await expect(banner).toBeHidden();
    expect((await app.call('library.status', {})).photos).toBe(2);
  });

  test('the window says that another Cutline has the library, and starts when it is free', async ({
    app,
    page,
  }) => {
    await app.call('library.status', {});
    await app.takeAway();
    let lock: ReturnType<typeof acquireLock> | undefined;
    // The engine may be faster to take it again than we are.
    await expect
      .poll(() => {
        try {
          lock = acquireLock(join(app.library, 'library.lock'));
          return true;
        } catch {
          return false;
        }
      })
      .toBe(true);
    await app.bringBack();
    await expect(page.locator('.engine-banner')).toContainText('Another Cutline is using this library');
    lock?.release();
    await expect(page.locator('.engine-banner')).toBeHidden();
    expect((await app.call('library.status', {})).photos).toBe(2);
  });
});
