import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { connectAzure } from './connections.ts';
import { chooseByKeys, tabTo } from './keys.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

const firstPhoto = (page: Page): Promise<string | null> =>
  page.getByRole('gridcell').first().getAttribute('aria-label');

test.describe('a library of photos', { tag: '@view' }, () => {
  test.use({ launch: { photos: 24, isDescribed: true } });

  test('is one grid under its months, goes to a date, and takes another order and size', async ({ page }) => {
    await test.step('newest first, with their pictures', async () => {
      await expect(page.getByRole('grid')).toHaveAttribute('aria-label', /^24 photos/);
      // Every ninth day from 10 January 2019 on: the last is the 5th of August.
      await expect(page.getByText('August 2019')).toBeVisible();
      await expect(page.getByText('Mon, Aug 5')).toBeVisible();
      expect(await firstPhoto(page)).toContain('Aug 5, 2019');
      await expect(page.locator('.photo-image[data-loaded]').first()).toBeVisible();
      await expectAccessible(page);
      await takeScreenshots(page, 'library');
    });

    await test.step('the timeline is dragged to the oldest, and its keys come back', async () => {
      const timeline = page.getByRole('slider', { name: 'Timeline' });
      const box = await timeline.boundingBox();
      if (box === null) throw new Error('The timeline is not shown.');
      const x = box.x + box.width / 2;
      await page.mouse.move(x, box.y + 4);
      await page.mouse.down();
      await page.mouse.move(x, box.y + box.height / 2);
      await page.mouse.move(x, box.y + box.height - 1);
      await page.mouse.up();
      await expect(page.getByRole('gridcell', { name: /Jan 10, 2019/ })).toBeInViewport();
      await timeline.press('Home');
      await expect(page.getByRole('gridcell', { name: /Aug 5, 2019/ })).toBeInViewport();
    });

    await test.step('oldest first, kept by the address', async () => {
      await page.getByRole('combobox', { name: 'Order' }).click();
      await page.getByRole('option', { name: 'Oldest first' }).click();
      await expect.poll(() => firstPhoto(page)).toContain('Jan 10, 2019');
      await page.reload();
      await expect.poll(() => firstPhoto(page)).toContain('Jan 10, 2019');
    });

    await test.step('larger and smaller, by key and by slider', async () => {
      const height = async (): Promise<number> =>
        (await page.getByRole('gridcell').first().boundingBox())?.height ?? 0;
      const before = await height();
      await page.getByRole('grid').press('+');
      await expect.poll(height).toBeGreaterThan(before);
      await page.getByRole('slider', { name: 'Size of the photos' }).press('Home');
      await expect.poll(height).toBeLessThan(before);
    });
  });

  test('is selected from by pointer and by keys, and what is selected is worked on', async ({
    app,
    page,
  }) => {
    const cells = page.getByRole('gridcell');
    const selected = page.getByRole('gridcell', { selected: true });
    const bar = page.getByRole('toolbar', { name: 'Selected photos' });
    await expect(cells.first()).toBeVisible();

    await test.step('click, Ctrl, Shift', async () => {
      await cells.nth(0).click();
      await cells.nth(2).click({ modifiers: ['Control'] });
      await expect(bar.getByRole('status')).toHaveText('2 photos selected');
      await cells.nth(4).click({ modifiers: ['Shift'] });
      await expect(selected).toHaveCount(3);
      await takeScreenshots(page, 'library-selection');
      await expectAccessible(page);
    });

    await test.step('a rectangle that is dragged over photos', async () => {
      await page.getByRole('slider', { name: 'Timeline' }).press('Home');
      await expect(page.getByRole('gridcell', { name: /Aug 5, 2019/ })).toBeInViewport({ ratio: 1 });
      const [one, other] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()];
      if (one === null || other === null) throw new Error('The photos are not shown.');
      await page.mouse.move(one.x + 20, one.y + 20);
      await page.mouse.down();
      await page.mouse.move(one.x + 60, one.y + 60);
      await page.mouse.move(other.x + 20, other.y + 40);
      await page.mouse.up();
      await expect(bar.getByRole('status')).toHaveText('2 photos selected');
    });

    await test.step('keys alone', async () => {
      const grid = page.getByRole('grid');
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      await expect(bar.getByRole('status')).toHaveText('3 photos selected');
      await page.keyboard.press('End');
      await expect(page.getByRole('gridcell', { name: /Jan 10, 2019/ })).toBeInViewport();
      await expect(bar.getByRole('status')).toHaveText('1 photo selected');
      await page.keyboard.press('Control+a');
      await expect(bar.getByRole('status')).toHaveText('24 photos selected');
      await page.keyboard.press('Space');
      await expect(bar.getByRole('status')).toHaveText('23 photos selected');
      await page.keyboard.press('Escape');
      await expect(bar).toBeHidden();
      await page.keyboard.press('Home');
    });

    const excluded = async (): Promise<number> =>
      (await app.call('search.query', { query: 'is:excluded', limit: 10 })).total;
    await test.step('the menu of a photo is for that photo; excluded, and taken back', async () => {
      await cells.nth(1).click({ button: 'right' });
      const menu = page.getByRole('menu');
      await expect(menu.getByRole('menuitem', { name: /^Open/ })).toBeVisible();
      await expectAccessible(page);
      await takeScreenshots(page, 'library-menu');
      await menu.getByRole('menuitem', { name: /^Exclude/ }).click();
      await expect(page.getByText('1 photo is never described.')).toBeVisible();
      expect(await excluded()).toBe(1);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(excluded).toBe(0);
      await expect(page.getByText('1 photo is never described.')).toBeHidden();
    });

    await test.step('opened by a key, the menu stands at the photo that keys act on', async () => {
      const photo = await cells.nth(1).boundingBox();
      await page.getByRole('grid').focus();
      await page.keyboard.press('Shift+F10');
      const menu = page.getByRole('menu');
      const place = await menu.boundingBox();
      if (photo === null || place === null) throw new Error('The menu or its photo is not shown.');
      expect(place.x).toBeGreaterThan(photo.x);
      expect(place.x).toBeLessThan(photo.x + photo.width);
      await page.keyboard.press('Escape');
      await expect(menu).toBeHidden();
    });

    await test.step('marked as reviewed', async () => {
      await bar.getByRole('button', { name: 'Mark as reviewed' }).click();
      await expect(page.getByText('1 photo marked as reviewed.')).toBeVisible();
      expect((await app.call('search.query', { query: 'review:accepted', limit: 10 })).total).toBe(1);
    });
  });

  test('is seen by places of the sidebar, which outlive a reload', async ({ page }) => {
    const sidebar = page.getByRole('navigation').first();
    await sidebar.getByRole('link', { name: /^Failed/ }).click();
    await expect(page.getByText('Nothing found')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Nothing found')).toBeVisible();
    await page.getByRole('button', { name: 'Show all photos' }).click();
    await expect(page.getByRole('grid')).toHaveAttribute('aria-label', /^24 photos/);
    await sidebar.getByRole('link', { name: /^photos 24/ }).click();
    await expect(page.getByRole('status').filter({ hasText: '24 photos found' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('status').filter({ hasText: 'photos found' })).toHaveCount(0);
    // From an order by match back to the months: each stands there once, and nothing is left of what was shown before.
    await page.getByRole('combobox', { name: 'Search' }).fill('landscape');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: '18 photos found' })).toBeVisible();
    await sidebar.getByRole('link', { name: /^All photos/ }).click();
    await expect(page.getByRole('grid')).toHaveAttribute('aria-label', /^24 photos/);
    const months = await page.locator('.grid-month').allTextContents();
    expect(months.length).toBeGreaterThan(2);
    expect(new Set(months).size).toBe(months.length);
    // A keyword that photos have in common: the month, of the 10th, 19th and 28th.
    await sidebar.getByRole('link', { name: /^January/ }).click();
    await expect(page.getByRole('status').filter({ hasText: '3 photos found' })).toBeVisible();
    await page.keyboard.press('Control+b');
    await expect(sidebar.getByRole('link', { name: /^Failed/ })).toHaveCount(0);
  });
});

test.describe('photos that a service describes', () => {
  test.use({ launch: { photos: 6, emulator: true } });

  test('are planned and paid for only after a person has seen the plan', async ({ app, page }) => {
    await connectAzure(app, {
      deployment: 'gpt-41-mini',
      apiVersion: '2024-10-21',
      modelId: 'gpt-4.1-mini',
    });
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog', { name: 'Describe photos' });
    await dialog.getByRole('combobox', { name: 'Described by' }).click();
    await page.getByRole('option', { name: /gpt-41-mini/ }).click();
    await expect(dialog.getByRole('button', { name: /^Describe 1 photo for about \$/ })).toBeEnabled();
    await takeScreenshots(page, 'describe-dialog');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    expect(app.emulator.totals().promptTokens).toBe(0);

    // By keys alone, with the yes to what it costs.
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('Home');
    await page.keyboard.press('d');
    await chooseByKeys(page, dialog.getByRole('combobox', { name: 'Described by' }), /gpt-41-mini/);
    await tabTo(page, dialog.getByRole('button', { name: /^Describe 1 photo for about \$/ }));
    expect(app.emulator.totals().promptTokens).toBe(0);
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 photo is being described.')).toBeVisible();
    await expect.poll(async () => (await app.call('library.summary', {})).described).toBe(1);

    // The same photo once more, from its own view, with another prompt.
    await page.getByRole('gridcell').first().dblclick();
    await expect(page.getByRole('button', { name: 'Describe …' })).toBeVisible();
    await page.keyboard.press('Shift+D');
    const again = page.getByRole('dialog', { name: 'Describe photos again' });
    await again.getByRole('combobox', { name: 'Described by' }).click();
    await page.getByRole('option', { name: /gpt-41-mini/ }).click();
    await again.getByRole('combobox', { name: 'Prompt' }).click();
    await page.getByRole('option', { name: 'Alt text' }).click();
    await again.getByRole('button', { name: /^Describe 1 photo for about \$/ }).click();
    await expect
      .poll(async () => (await app.call('run.list', {})).map(({ jobs }) => jobs.finished))
      .toEqual([1, 1]);

    await page.locator('body').press('Escape');
    await expect(page.getByRole('grid')).toBeVisible();
    await page.locator('body').press('Escape');
    await page.getByRole('link', { name: /^Not described/ }).click();
    await page.getByRole('button', { name: 'Describe these …' }).click();
    await expect(page.getByRole('dialog', { name: 'Describe photos' })).toContainText(/\b5 photos/);
  });
});

test.describe('a library without photos', { tag: '@view' }, () => {
  test('says how photos come into it', async ({ page }) => {
    await page.goto(`${page.url().split('#')[0] ?? ''}#/library`);
    await expect(page.getByText('No photos yet')).toBeVisible();
    await takeScreenshots(page, 'library-empty');
    await expectAccessible(page);
  });
});
