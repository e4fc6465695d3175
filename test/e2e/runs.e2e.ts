import { expect, test } from './app.ts';
import { drawPhotos } from './photos.ts';
import { expectAccessible, takeScreenshots } from './look.ts';
import { describeAll, holdAnswers, openRuns, setUpPaidService, undoFirstRun } from './runs.ts';

test.describe('runs', () => {
  test.use({ launch: { photos: 12, emulator: true, hasKeyInEnvironment: false } });
  // A whole journey in one start of the app: longer than other tests on a busy machine.
  test.describe.configure({ timeout: 300_000 });

  test('hold back, go on, say what failed and try it again, and stop for a revoked key', async ({
    app,
    page,
  }) => {
    await setUpPaidService(app);
    const status = page.getByRole('contentinfo', { name: 'Status' });

    await test.step('the status bar says how fast it goes and how long it takes, holds it back, and lets it go on', async () => {
      const answers = holdAnswers(app, 3);
      await describeAll(page, 12);
      await expect(status).toContainText(/Describing: 9 photos left · [1-9][\d,]* a minute · about [1-9]/);
      await status.getByRole('button', { name: 'Pause describing' }).click();
      await expect(status).toContainText(/Paused: [1-9]\d* photos wait/);
      await takeScreenshots(page, 'status-paused');
      answers.release();
      await status.getByRole('button', { name: 'Go on describing' }).click();
      await expect(status).toContainText('12 described');
      expect(app.emulator.totals().answered).toBe(12);
    });

    await test.step('what failed is grouped by reason, and tried again with one button', async () => {
      await undoFirstRun(page, 12);
      let count = 0;
      app.emulator.faults.choose(() => {
        count += 1;
        return count > 4 ? undefined : { name: count <= 2 ? 'content-filtered-prompt' : 'image-invalid' };
      });
      await describeAll(page, 12);
      await openRuns(page);
      await expect(page.getByText('2 photos', { exact: true })).toHaveCount(2);
      await expect(page.getByText(/content filter blocked it/)).toBeVisible();
      await takeScreenshots(page, 'run-failures');
      await expectAccessible(page);
      await page.evaluate("location.hash = '#/library?q=is%3Afailed'");
      const failed = page.getByRole('gridcell', { name: /could not be described/ });
      await expect(failed).toHaveCount(4);
      await expect(page.getByTitle(/content filter blocked it/)).toHaveCount(2);
      await takeScreenshots(page, 'library-failed');
      await expectAccessible(page);
      await openRuns(page);
      app.emulator.faults.clear();
      await page.getByRole('button', { name: 'Try all again' }).click();
      await expect(page.getByText('What failed')).toHaveCount(0);
      await expect(page.getByRole('progressbar', { name: 'Photos' })).toHaveAttribute(
        'aria-valuetext',
        '100% done',
      );
      await page.keyboard.press('g');
      await page.keyboard.press('l');
      await expect(page.getByRole('gridcell', { name: /, described/ })).toHaveCount(12);
      await expect(failed).toHaveCount(0);
    });

    await test.step('a key that is revoked in the middle stops it in words, and a new one makes it go on', async () => {
      await undoFirstRun(page, 12);
      app.emulator.changeKey('another-key');
      await describeAll(page, 12);
      const banner = page.getByRole('alert').filter({ hasText: 'The key was refused.' });
      await expect(banner).toBeVisible();
      await expect(status).toContainText('does not work');
      await takeScreenshots(page, 'key-revoked');
      await expectAccessible(page);
      await banner.getByRole('link', { name: 'Open settings' }).click();
      await page.getByRole('button', { name: 'Change…' }).click();
      const dialog = page.getByRole('dialog', { name: /^Change gpt-41-mini/ });
      await dialog.getByRole('textbox', { name: 'Key' }).fill('another-key');
      await takeScreenshots(page, 'connection-key');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Set this key' }).click();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(status).toContainText('12 described');
      await expect(banner).toHaveCount(0);
    });

    await test.step('a budget that is reached stops it, and a larger one makes it go on', async () => {
      await undoFirstRun(page, 12);
      await describeAll(page, 12, '0.002');
      await openRuns(page);
      await expect(page.getByRole('alert').filter({ hasText: 'The budget of $0.0020' })).toBeVisible();
      await expect(status).toContainText(/Paused: [1-9]/);
      await takeScreenshots(page, 'run-budget');
      await expectAccessible(page);
      const budget = page.getByRole('textbox', { name: 'New budget for this run' });
      await budget.fill('0.001');
      await expect(page.getByText('Enter more than $0.0020.')).toBeVisible();
      await budget.fill('5');
      await budget.press('Enter');
      await expect(status).toContainText('12 described');
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

test.describe('a budget of a month', { tag: '@view' }, () => {
  test.use({ launch: { photos: 12, emulator: true, hasKeyInEnvironment: false } });
  test.describe.configure({ timeout: 300_000 });

  test('stops what it pays for, is a click away from there, and goes on with a larger one, a folder’s like that of all', async ({
    app,
    page,
  }) => {
    await setUpPaidService(app, 'gpt-4.1-mini');
    const status = page.getByRole('contentinfo', { name: 'Status' });
    const trouble = page.getByRole('alert').filter({ hasText: 'does not allow another request' });

    await app.call('setting.set', { monthlyBudgetMicroUsd: 2_000 });
    await describeAll(page, 12);
    await openRuns(page);
    await expect(trouble).toContainText('This month');
    await takeScreenshots(page, 'run-month-budget');
    await expectAccessible(page);
    await trouble.getByRole('link', { name: 'Change this budget' }).click();
    const budget = page.getByRole('textbox', { name: 'Budget for a month' });
    await budget.fill('5');
    await budget.press('Enter');
    await expect(status).toContainText('12 described');
    await budget.blur();

    await test.step('so does one of a folder, whose rule describes what appears in it', async () => {
      await page.getByRole('link', { name: 'Folders', exact: true }).click();
      await page.getByRole('combobox', { name: 'Photos that appear' }).click();
      await page.getByRole('option', { name: /gpt-41-mini/ }).click();
      const monthly = page.getByRole('textbox', { name: 'At most, in US dollars a month' });
      const set = page.getByRole('button', { name: 'Set this rule' });
      // A rule that costs has to have a limit.
      await expect(set).toBeDisabled();
      await monthly.fill('0.0001');
      await takeScreenshots(page, 'folder-rule');
      await expectAccessible(page);
      await set.click();
      await expect(set).toHaveCount(0);
      await drawPhotos(app.photos, 14);
      await page.getByRole('button', { name: 'Look again' }).click();
      await openRuns(page);
      await expect(trouble).toBeVisible();
      await expect(page.getByText('a folder’s standing rule')).toBeVisible();
      await takeScreenshots(page, 'run-folder-budget');
      await trouble.getByRole('link', { name: 'Change this budget' }).click();
      await monthly.fill('5');
      await set.click();
      await expect(status).toContainText('14 described');
    });
  });
});
