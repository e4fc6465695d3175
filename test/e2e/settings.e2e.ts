import type { Page } from '@playwright/test';
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from './app.ts';
import { chooseFolder } from './folders.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('settings', () => {
  test.use({ launch: { photos: 3, isDescribed: true } });
  // A whole journey in one start of the app: longer than other tests on a busy machine.
  test.describe.configure({ timeout: 300_000 });

  test(
    'say what happens to folders, what is asked of models and what it may cost',
    { tag: '@view' },
    async ({ app, page }) => {
      await page.keyboard.press('Control+,');
      const folders = page.getByRole('region', { name: 'Folders' });
      await choose(page, 'Where its photos may go', 'Only to this machine and its network');
      await expect(page.getByText('A service in the cloud never gets one of them')).toBeVisible();
      await choose(page, 'Photos that appear', /^Describe with/);
      await folders.getByRole('button', { name: 'Set this rule' }).click();
      await expect
        .poll(async () => (await app.call('root.list', {})).map(({ privacy, rule }) => [privacy, rule.kind]))
        .toEqual([['local-only', 'describe']]);
      await look(page, 'settings-folders');

      await folders.getByText('Folders in it, notes, and what is left out').click();
      await fillIn(page, 'Note on this folder', 'Wedding of Anna and Ben in Siena');
      await fillIn(page, 'Leave out', '*-0003.jpg');
      await expect
        .poll(async () => (await app.call('folder.listNotes', {})).map(({ note }) => note))
        .toEqual(['Wedding of Anna and Ben in Siena']);
      await expect.poll(async () => (await app.call('library.summary', {})).away).toBe(1);

      // A folder in it: offered by its name, and told of beside the note on the whole.
      await mkdir(join(app.photos, 'Day 2'));
      await rename(join(app.photos, 'photo-0001.jpg'), join(app.photos, 'Day 2', 'photo-0001.jpg'));
      await app.call('root.scan', {});
      await page.getByRole('combobox', { name: 'Write a note on a folder in it' }).fill('Day 2');
      await fillIn(page, 'Note on Day 2', 'The morning after');
      await expect
        .poll(async () =>
          (await app.call('folder.listNotes', {})).map(({ relativePath, note }) => [relativePath, note]),
        )
        .toEqual([
          ['', 'Wedding of Anna and Ben in Siena'],
          ['Day 2', 'The morning after'],
        ]);
      await look(page, 'settings-notes');
      await page.getByRole('combobox', { name: 'Decide otherwise for a folder in it' }).fill('Day 2');
      await choose(page, 'Where photos of Day 2 may go', 'Nowhere');
      await expect
        .poll(async () => (await app.call('folder.listPrivacies', {})).map(({ privacy }) => privacy))
        .toEqual(['built-in-only']);
      await look(page, 'settings-folder-privacy');
      await choose(page, 'Where photos of Day 2 may go', 'Only to this machine and its network');
      // As the folder around it: nothing is kept for it.
      await expect.poll(async () => (await app.call('folder.listPrivacies', {})).length).toBe(0);
      await fillIn(page, 'Note on Day 2', '');
      await expect.poll(async () => (await app.call('folder.listNotes', {})).length).toBe(1);

      await page.getByRole('link', { name: 'Describing' }).click();
      await page.getByRole('button', { name: 'New prompt…' }).click();
      const dialog = page.getByRole('dialog', { name: 'A prompt of your own' });
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Family album');
      await dialog.getByRole('textbox', { name: 'Instructions' }).fill('Say which season it is.');
      await dialog.getByRole('textbox', { name: 'How many keywords' }).fill('4-9');
      await look(page, 'settings-prompt');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('combobox', { name: 'Prompt' })).toContainText('Family album');
      await fillIn(page, 'Language of descriptions', 'fr');
      await fillIn(page, 'Keywords that you prefer', 'Lake Garda, heron');
      await page.getByText('What exactly is sent with each photo').click();
      const words = page.locator('.prompt-words');
      await expect(words).toContainText('Say which season it is.');
      await expect(words).toContainText('4 to 9 terms');
      await expect(words).toContainText('in French');
      expect((await app.call('setting.get', {})).vocabulary).toEqual(['Lake Garda', 'heron']);
      await choose(page, 'Prompt', 'Alt text');
      await expect(page.getByRole('checkbox', { name: 'keywords' })).not.toBeChecked();
      await page.setInputFiles('input[type=file]', {
        name: 'winter.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('---\nkeywords: 3\n---\nSay how much snow there is.'),
      });
      await expect(page.getByRole('combobox', { name: 'Prompt' })).toContainText('winter');
      await expect(words).toContainText('Say how much snow there is.');

      const budget = page.getByRole('textbox', { name: 'Budget for a month' });
      await budget.fill('nothing');
      await expect(page.getByText('Enter an amount above 0')).toBeVisible();
      await budget.fill('12.50');
      await budget.press('Enter');
      await expect(page.getByRole('meter', { name: 'Spent of this month’s budget' })).toBeVisible();
      await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('of $12.50');
      expect((await app.call('setting.get', {})).monthlyBudgetMicroUsd).toBe(12_500_000);
      await look(page, 'settings-describing');
    },
  );

  test('are found in every section, look after the library, and outlive the page, in two languages', async ({
    app,
    page,
  }) => {
    await page.keyboard.press('Control+,');
    for (const [section, view] of [
      ['Connections', 'settings-connections'],
      ['Usage', 'settings-usage'],
      ['About', 'settings-about'],
    ] as const) {
      await page.getByRole('link', { name: section, exact: true }).click();
      await expect(page.getByRole('heading', { name: section })).toBeVisible();
      await look(page, view);
    }

    // A picture of a photo that is no longer in the library. An engine that starts takes such away by itself: after that.
    await app.call('library.status', {});
    const shard = join(app.library, 'renditions', '0');
    const [thumbnail = ''] = await readdir(shard);
    await copyFile(join(shard, thumbnail), join(shard, thumbnail.replace(/^\d+/, '999')));
    await page.getByRole('link', { name: 'Check-up', exact: true }).click();
    await expect(page.getByText('The database is sound.')).toBeVisible();
    await expect(page.getByText(/^(Everything is well\.|\d+ things? worth a look)$/)).toBeVisible();
    await look(page, 'settings-upkeep');
    await page.getByRole('button', { name: 'Tidy up' }).click();
    await expect(page.getByText(/^1 file removed, /)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tidy up' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Ask the services, too' }).click();
    await expect(page.getByText(/^(Everything is well\.|\d+ things? worth a look)$/)).toBeVisible();
    // What was found of ffmpeg is looked at anew as soon as another one is named.
    const ffmpeg = page.getByRole('textbox', { name: 'ffmpeg' });
    const broken = page.locator('.finding').filter({ hasText: 'node does not answer as ffmpeg does' });
    await ffmpeg.fill('node');
    await ffmpeg.press('Enter');
    await expect(broken).toHaveCount(1);
    await ffmpeg.fill('');
    await ffmpeg.press('Enter');
    await expect(broken).toHaveCount(0);
    await expect(page.getByText('The database is sound.')).toBeVisible();
    await chooseFolder(app, page, {
      button: 'Save a backup…',
      dialog: 'Where should the backup be kept?',
      home: dirname(app.photos),
    });
    await expect(page.getByText(/^Saved and checked: /)).toBeVisible();
    expect((await readdir(dirname(app.photos))).filter((name) => name.endsWith('.db'))).toHaveLength(1);

    await page.getByRole('link', { name: 'Appearance' }).click();
    await choose(page, 'Theme', 'Light');
    await choose(page, 'Text size', /125/);
    await choose(page, 'Language of this window', 'Deutsch');
    await expect(page.getByRole('heading', { name: 'Aussehen' })).toBeVisible();
    // A setting of the library, not of this page alone: another window shows the same.
    await expect
      .poll(async () => {
        const { theme, language, textScale } = await app.call('setting.get', {});
        return [theme, language, textScale];
      })
      .toEqual(['light', 'de', 125]);
    await page.evaluate(() => {
      (globalThis as unknown as { localStorage: { clear: () => void } }).localStorage.clear();
    });
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Aussehen' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await look(page, 'settings-german');
  });
});

async function look(page: Page, view: string): Promise<void> {
  await takeScreenshots(page, view);
  await expectAccessible(page);
}

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Saved when the field is left. */
async function fillIn(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label });
  await field.fill(text);
  await field.blur();
}
