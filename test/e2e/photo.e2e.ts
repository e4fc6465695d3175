import type { Page } from '@playwright/test';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

async function openFirst(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('gridcell').first().dblclick();
  await expect(page.getByRole('img').first()).toBeVisible();
}

/** Counts the frames from now on in which nothing fits. */
async function watchFrames(page: Page, selector: string): Promise<() => Promise<number>> {
  await page.evaluate(`
    globalThis.framesWithout = 0;
    const look = () => {
      if (document.querySelector('${selector}') === null) globalThis.framesWithout += 1;
      requestAnimationFrame(look);
    };
    look();
  `);
  return () => page.evaluate<number>('globalThis.framesWithout');
}

test.describe('a photo that was cut off', { tag: '@view' }, () => {
  test.use({ launch: { photos: 2, cut: 1 } });

  test('is shown as far as it can be read, and described when a person says so', async ({ app, page }) => {
    const [cut] = (await app.call('search.query', { query: 'is:damaged' })).photos;
    await page.getByRole('gridcell', { name: /cut-1\.jpg/ }).dblclick();
    await expect(page.getByText('The picture is damaged or cut off.')).toBeVisible();
    await takeScreenshots(page, 'photo-damaged');
    await page.getByRole('button', { name: 'Describe anyway' }).click();
    await expect(page.getByText('because you said so')).toBeVisible();
    await expectAccessible(page);
    expect(await app.call('asset.get', { id: cut?.id ?? 0 })).toMatchObject({
      state: 'ready',
      damage: 'accepted',
    });
  });
});

test.describe('the photo view', () => {
  test.use({ launch: { photos: 4, isDescribed: true } });

  test('goes through photos, zooms, keeps what a person writes, and leads to who answers', async ({
    app,
    page,
  }) => {
    await test.step('goes through the photos in the order of the grid, and back to it', async () => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await openFirst(page);
      await expect(page.getByText('1 of 4')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Previous photo' })).toBeDisabled();
      const strip = page.getByRole('navigation', { name: 'Photos before and after' });
      // The next one's picture is there before a person goes on to it.
      const next = /photo\/(\d+)/.exec(
        (await strip.getByRole('link').nth(1).getAttribute('href')) ?? '',
      )?.[1];
      const preview = new RegExp(`photo/preview/${next ?? 'none'}\\b`);
      await expect.poll(() => asked.some((address) => preview.test(address))).toBe(true);
      const framesWithout = await watchFrames(page, '.photo-layer[data-loaded]');
      await page.keyboard.press('ArrowRight');
      await expect(page.getByText('2 of 4')).toBeVisible();
      await expect(page.locator('.photo-layer[data-kind="preview"][data-loaded]')).toHaveAttribute(
        'src',
        preview,
      );
      expect(await framesWithout()).toBe(0);
      await strip.getByRole('link').nth(3).click();
      await expect(page.getByText('4 of 4')).toBeVisible();
      await expectAccessible(page);
      await takeScreenshots(page, 'photo');
      await page.locator('body').press('Escape');
      // Keys go on from the photo that was seen last.
      await expect(page.getByRole('grid')).toBeFocused();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await expect(page.getByText('3 of 4')).toBeVisible();
    });

    await test.step('zooms to the pixels of the photo and back to the whole', async () => {
      await openFirst(page);
      await page.keyboard.press('1');
      await expect(page.getByRole('button', { name: 'Full size, 100 %' })).toBeVisible();
      await page.keyboard.press('+');
      await expect(page.getByRole('button', { name: 'Whole photo' })).toHaveAttribute(
        'aria-pressed',
        'false',
      );
      const picture = page.getByRole('img').first();
      const leftOf = async (): Promise<number> => (await picture.boundingBox())?.x ?? Number.NaN;
      const before = await leftOf();
      await page.keyboard.press('Shift+ArrowRight');
      await expect.poll(leftOf).toBeLessThan(before);
      const atRight = await leftOf();
      await page.keyboard.press('Shift+ArrowLeft');
      await expect.poll(leftOf).toBeGreaterThan(atRight);
      await expect(page.getByText('1 of 4')).toBeVisible();
      await page.keyboard.press('0');
      await expect(page.getByRole('button', { name: 'Whole photo' })).toHaveAttribute('aria-pressed', 'true');
    });

    await test.step('at its own size a drag moves it, no further than its edges', async () => {
      const picture = page.getByRole('img').first();
      const leftEdge = async (): Promise<number> =>
        Math.round((await picture.boundingBox())?.x ?? Number.NaN);
      // The second is a wide one.
      await page.keyboard.press('ArrowRight');
      await expect(page.getByText('2 of 4')).toBeVisible();
      await page.setViewportSize({ width: 1200, height: 800 });
      await page.keyboard.press('1');
      await expect(page.getByRole('button', { name: 'Full size, 100 %' })).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      const box = await picture.boundingBox();
      const stage = await page.locator('.photo-stage').boundingBox();
      if (box === null || stage === null) throw new Error('There is no picture.');
      // A photo is 900 × 600 pixels, more than there is room for beside the inspector.
      expect(box.width).toBe(900);
      expect(stage.width).toBeLessThan(800);
      const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 20, y);
      await page.mouse.move(x + 40, y);
      await expect.poll(leftEdge).toBe(Math.round(box.x + 40));
      await page.mouse.move(x + 600, y);
      await page.mouse.up();
      await expect.poll(leftEdge).toBe(Math.round(stage.x));
      await expect(page.getByText('2 of 4')).toBeVisible();
      await page.keyboard.press('0');
    });

    await test.step('keeps what a person writes as theirs, and takes it back', async () => {
      await openFirst(page);
      const caption = page.getByRole('textbox', { name: 'Caption' });
      const before = await caption.inputValue();
      await caption.fill('Two boats in the harbour.');
      await caption.press('Control+Enter');
      await expect(page.getByText('Saved. It is yours now')).toBeVisible();
      // What is in use is not offered, what was before is.
      const said = page.getByRole('listitem').filter({ hasText: 'Two boats in the harbour.' });
      await expect(said).toContainText('in use');
      await expect(said.getByRole('button', { name: 'Use this one' })).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Use this one' })).toHaveCount(1);
      const found = await app.call('search.query', { query: 'boats harbour' });
      expect(found.total).toBe(1);
      await page.locator('body').press('Control+z');
      await expect(caption).toHaveValue(before);
      await page.locator('body').press('Control+Shift+z');
      await expect(caption).toHaveValue('Two boats in the harbour.');
    });

    await test.step('adds and removes keywords', async () => {
      await openFirst(page);
      const line = page.getByRole('combobox', { name: 'Keywords' });
      await line.fill('harbour, boats');
      await line.press('Enter');
      const list = page.getByRole('list', { name: 'Keywords' });
      await expect(list.getByText('harbour')).toBeVisible();
      await page.getByRole('button', { name: 'Remove “boats”' }).click();
      await expect(list.getByText('boats')).toHaveCount(0);
      await expect(list.getByText('harbour')).toBeVisible();
      // On the next photo, what the library knows is offered, and taken by keys.
      await page.locator('body').press('ArrowRight');
      await expect(page.getByText('2 of 4')).toBeVisible();
      await line.pressSequentially('harb');
      await expect(page.getByRole('option', { name: /^harbour/ })).toBeVisible();
      await line.press('ArrowDown');
      await line.press('Enter');
      await expect(list.getByText('harbour')).toBeVisible();
      await expect(line).toHaveValue('');
    });

    await test.step('names the files that belong to it, and what each is', async () => {
      await writeFile(join(app.photos, 'photo-0002.xmp'), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
      await copyFile(join(app.photos, 'photo-0002.jpg'), join(app.photos, 'copy.jpg'));
      await app.call('root.scan', {});
      const { id } = await app.call('asset.get', { path: join(app.photos, 'photo-0002.jpg') });
      await page.evaluate(`location.hash = '#/photo/${String(id)}'`);
      const files = page.getByRole('listitem').filter({ hasText: app.photos });
      await expect(files.filter({ hasText: 'photo-0002.xmp' })).toContainText('sidecar');
      await expect(files.filter({ hasText: 'copy.jpg' })).toContainText('the same file once more');
    });

    await test.step('says plainly that built-in cannot answer, and leads to the connections', async () => {
      await openFirst(page);
      await page.getByRole('tab', { name: 'Ask' }).click();
      await expect(page.getByText('Nobody can answer yet')).toBeVisible();
      await page.getByRole('link', { name: 'Set up a connection' }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    });
  });
});
