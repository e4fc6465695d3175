import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

const cli = join(import.meta.dirname, '../../out/cli/cutline.mjs');

test.describe('bad days', () => {
  test.use({ launch: { photos: 40 } });
  // A whole journey in one start of the app: longer than other tests on a busy machine.
  test.describe.configure({ timeout: 300_000 });

  test('an engine that dies while somebody scrolls comes back, and a folder that goes away is kept', async ({
    app,
    page,
  }) => {
    const grid = page.getByRole('grid');
    await expect(grid).toBeVisible();

    await test.step('the engine is killed', async () => {
      await grid.hover();
      await page.mouse.wheel(0, 400);
      await app.killEngine();
      await page.mouse.wheel(0, 200);
      await expect(grid).toBeVisible();
      await expect(page.getByText('Cutline is back. Everything is up to date.')).toBeVisible();
      await expect(grid).toHaveAccessibleName(/^40 photos/);
      expect((await app.call('library.summary', {})).photos).toBe(40);
    });

    await test.step('its drive is unplugged, and plugged in again', async () => {
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
    });
  });

  test('a cut connection and a library that another Cutline has open are said in words', async ({
    app,
    page,
  }) => {
    test.skip(app.host === 'electron', 'The desktop has no network between page and engine.');
    const grid = page.getByRole('grid');
    await expect(grid).toBeVisible();
    await app.takeAway();
    await expect(page.getByText('The connection to Cutline is cut.')).toBeVisible();
    await expect(grid).toBeVisible();
    await takeScreenshots(page, 'connection-cut');
    await expectAccessible(page);

    const other = spawn(process.execPath, [cli, '--library', app.library, 'watch'], {
      env: { PATH: process.env['PATH'] ?? '', HOME: app.library },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(other, 'exit');
    try {
      // It says which folders it follows once it has the library.
      await Promise.race([once(other.stderr, 'data'), once(other.stdout, 'data')]);
      await app.bringBack();
      await expect(page.getByText('Another Cutline is using this library')).toBeVisible();
      await takeScreenshots(page, 'library-in-use');
      await expectAccessible(page);
    } finally {
      other.kill('SIGKILL');
      await ended;
    }
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Another Cutline is using this library')).toHaveCount(0);
    await expect(grid).toHaveAccessibleName(/^40 photos/);
  });
});
