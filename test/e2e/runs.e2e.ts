import type { Page } from '@playwright/test';
import type { Fault } from '../azure-emulator/faults.ts';
import { expect, test, type App } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('runs', () => {
  test.use({ launch: { photos: 12, emulator: true } });
  // A whole journey in one start of the app: longer than other tests on a busy machine.
  test.describe.configure({ timeout: 300_000 });

  test('hold back, go on, say what failed and try it again, and stop for a revoked key', async ({
    app,
    page,
  }) => {
    await app.call('connection.save', {
      kind: 'azure-openai',
      endpoint: app.emulator.endpoint,
      deployment: 'gpt-41-mini',
    });
    const status = page.getByRole('contentinfo', { name: 'Status' });

    await test.step('paused and gone on with in the status bar', async () => {
      const answers = holdAnswers(app);
      await describeAll(page, 12);
      await expect(status).toContainText('Describing: 12 photos left');
      await status.getByRole('button', { name: 'Pause describing' }).click();
      await expect(status).toContainText(/Paused: \d+ photos wait/);
      await takeScreenshots(page, 'status-paused');
      answers.release();
      await status.getByRole('button', { name: 'Go on describing' }).click();
      await expect(status).toContainText('12 described');
      expect(app.emulator.totals().answered).toBe(12);
    });

    await test.step('what failed is grouped by reason, and tried again with one button', async () => {
      await undoFirstRun(page, 12);
      let count = 0;
      app.emulator.faults.always({
        name: 'content-filtered-prompt',
        when: () => {
          count += 1;
          return count <= 4;
        },
      });
      await describeAll(page, 12);
      await openRuns(page);
      await expect(page.getByText('4 photos', { exact: true })).toBeVisible();
      await expect(page.getByText(/content filter blocked it/)).toBeVisible();
      await takeScreenshots(page, 'run-failures');
      await expectAccessible(page);
      app.emulator.faults.clear();
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByText('What failed')).toHaveCount(0);
      await expect(page.getByRole('progressbar', { name: 'Photos' })).toHaveAttribute(
        'aria-valuetext',
        '100% done',
      );
    });

    await test.step('a key that is revoked in the middle stops it in words, and it goes on by itself when set right', async () => {
      await undoFirstRun(page, 12);
      app.emulator.faults.always('unauthorized');
      await describeAll(page, 12);
      const banner = page.getByRole('alert').filter({ hasText: 'The key was refused.' });
      await expect(banner).toBeVisible();
      await expect(status).toContainText('does not work');
      await takeScreenshots(page, 'key-revoked');
      await expectAccessible(page);
      await banner.getByRole('link', { name: 'Open settings' }).click();
      app.emulator.faults.clear();
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await expect(page.getByText('It works.')).toBeVisible();
      await expect(status).toContainText('12 described');
      await expect(banner).toHaveCount(0);
    });

    await test.step('what waits is canceled; what is on its way is kept', async () => {
      await undoFirstRun(page, 12);
      const answers = holdAnswers(app);
      await describeAll(page, 12);
      await openRuns(page);
      await page.getByRole('button', { name: 'Cancel the rest' }).click();
      answers.release();
      await expect(page.getByRole('region', { name: /^Run of/ }).getByText(/^canceled/)).toBeVisible();
      await expect.poll(async () => (await app.call('library.summary', {})).waiting.photos).toBe(0);
    });
  });
});

/** Completions wait until they are released. */
function holdAnswers(app: App): { release: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const slow: Fault = { name: 'slow', until: promise };
  app.emulator.faults.always(slow);
  return {
    release: () => {
      app.emulator.faults.clear();
      resolve(undefined);
    },
  };
}

async function describeAll(page: Page, photos: number): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Describe photos' });
  const who = dialog.getByRole('combobox', { name: 'Described by' });
  await who.click();
  await page.getByRole('option', { name: /gpt-41-mini/ }).click();
  await dialog.getByRole('button', { name: new RegExp(`^Describe ${String(photos)} photos`) }).click();
  await expect(dialog).toHaveCount(0);
}

async function openRuns(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
}

async function undoFirstRun(page: Page, photos: number): Promise<void> {
  await openRuns(page);
  await page.getByRole('button', { name: 'Undo…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Undo for ${String(photos)} photos` })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}
