import { expect, test } from './app.ts';
import { connectAzure, giveKey } from './connections.ts';
import { expectAccessible, takeScreenshots } from './look.ts';
import { openRuns } from './runs.ts';

const day = 24 * 60 * 60 * 1000;

test.describe('overnight, at half the price', { tag: '@view' }, () => {
  // The service wants to be asked again at once, so that nobody waits for a minute.
  const batches = { pollAfterMs: 200 };
  test.use({ launch: { photos: 6, emulator: true, hasKeyInEnvironment: false, batches } });
  test.describe.configure({ timeout: 180_000 });

  test('both prices are seen, the service has the photos, a restart loses nothing, and they are described', async ({
    app,
    page,
  }) => {
    const connectionId = await connectAzure(app, { deployment: 'gpt-41', modelId: 'gpt-4.1' });
    await giveKey(app, connectionId);

    await test.step('the deployment that answers batches is named in the connection’s settings', async () => {
      await page.keyboard.press('Control+,');
      await page.getByRole('link', { name: 'Connections', exact: true }).click();
      await page.getByRole('button', { name: 'Change…' }).click();
      const dialog = page.getByRole('dialog', { name: /^Change gpt-41/ });
      await dialog.getByRole('textbox', { name: 'Deployment for batches' }).fill('gpt-41-batch');
      await takeScreenshots(page, 'connection-batches');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(dialog).toHaveCount(0);
    });

    await test.step('the plan shows what it costs overnight, and what at once', async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('l');
      await page.getByRole('grid').focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('d');
      const dialog = page.getByRole('dialog', { name: 'Describe photos' });
      await dialog.getByRole('combobox', { name: 'Described by' }).click();
      await page.getByRole('option', { name: /gpt-41/ }).click();
      await expect(dialog.getByText(/^Overnight: about \$/)).toBeVisible();
      await takeScreenshots(page, 'describe-at-once');
      await dialog.getByRole('combobox', { name: 'When' }).click();
      await page.getByRole('option', { name: 'Overnight, at half the price' }).click();
      await expect(dialog.getByText(/^At once: about \$/)).toBeVisible();
      // Each photo is a request of its own then.
      await expect(dialog.getByRole('combobox', { name: 'Bursts and near-duplicates' })).toHaveCount(0);
      await takeScreenshots(page, 'describe-overnight');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: /^Describe 6 photos/ }).click();
      await expect(page.getByText('6 photos go to the service overnight.')).toBeVisible();
    });

    await test.step('the run says since when the service has them, and when they are due', async () => {
      await openRuns(page);
      const run = page.getByRole('region', { name: /^Run of gpt-41/ });
      await expect(run.getByText(/^With the service since .*, 0 of 6 done, at the latest /)).toBeVisible();
      const status = page.getByRole('contentinfo', { name: 'Status' });
      await expect(status).toContainText('6 photos are described overnight');
      await takeScreenshots(page, 'run-overnight');
      await expectAccessible(page);
    });

    await test.step('killed meanwhile, it asks for the same batch again, and nothing is paid twice', async () => {
      await app.killEngine();
      await expect.poll(async () => (await app.call('run.list', {}))[0]?.batch?.state).toBe('at-service');
      app.emulator.batches.advance(day - 60_000);
      const status = page.getByRole('contentinfo', { name: 'Status' });
      await expect(status).toContainText('6 described');
      expect(app.emulator.batches.all).toHaveLength(1);
      expect(app.emulator.totals().answered).toBe(6);
      const [run] = await app.call('run.list', {});
      expect(run).toMatchObject({ state: 'finished', jobs: { finished: 6, failed: 0 } });
      await takeScreenshots(page, 'run-overnight-done');
    });
  });
});
