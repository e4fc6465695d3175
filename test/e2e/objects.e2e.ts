import type { Page } from '@playwright/test';
import { expect, test, type App } from './app.ts';
import { connectAzure } from './connections.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

/** A model names what is in the photos, and where. */
async function describeObjects(app: App): Promise<void> {
  const connectionId = await connectAzure(app);
  await app.call('description.start', {
    connectionId,
    budgetMicroUsd: null,
    options: {
      prompt: 'general',
      language: 'en',
      detail: 'high',
      maxImageTokens: null,
      fields: ['caption', 'objects'],
    },
  });
}

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('gridcell').first().dblclick();
  await expect(page.getByRole('heading', { name: 'Objects' })).toBeVisible();
}

test.describe('objects in a photo', { tag: '@view' }, () => {
  test.use({ launch: { photos: 3, emulator: true } });

  test('are shown where they are, named rightly, taken out, asked about and found again', async ({
    app,
    page,
  }) => {
    await describeObjects(app);
    await openFirst(page);
    const details = page.getByRole('tabpanel', { name: 'Details' });
    const first = details.getByRole('listitem').first();
    const name = (await first.getByTitle('Find others like it').textContent()) ?? '';
    const stage = page.locator('.photo-stage');
    await expect(stage.getByRole('button', { name })).toHaveCount(0);

    // Pointing at a name shows where it is; the key shows all.
    await first.hover();
    await expect(stage.getByRole('button', { name })).toBeVisible();
    await page.mouse.move(0, 0);
    await page.keyboard.press('o');
    const boxes = stage.locator('.object-box');
    await expect(boxes).not.toHaveCount(0);
    const picture = await page.getByRole('img').first().boundingBox();
    for (const box of await boxes.all()) {
      const place = await box.boundingBox();
      expect(place?.x).toBeGreaterThanOrEqual((picture?.x ?? 0) - 1);
      expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(
        (picture?.x ?? 0) + (picture?.width ?? 0) + 1,
      );
    }
    await expectAccessible(page);
    await takeScreenshots(page, 'objects');

    await stage.getByRole('button', { name }).click();
    await page.getByRole('menuitem', { name: 'Give it another name' }).click();
    const dialog = page.getByRole('dialog', { name: `Another name for “${name}”` });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('poppy field');
    await page.keyboard.press('Enter');
    await expect(stage.getByRole('button', { name: 'poppy field' })).toBeVisible();
    expect((await app.call('search.query', { query: 'object:poppy' })).total).toBe(1);

    await stage.getByRole('button', { name: 'poppy field' }).click();
    await page.getByRole('menuitem', { name: 'Ask about it' }).click();
    await expect(page.getByRole('tab', { name: 'Ask' })).toHaveAttribute('aria-selected', 'true');
    await expect(stage.getByRole('group')).toBeVisible();

    await page.getByRole('tab', { name: 'Details' }).click();
    await details.getByRole('button', { name: 'What to do with “poppy field”' }).click();
    await page.getByRole('menuitem', { name: 'It is not there' }).click();
    await expect(stage.getByRole('button', { name: 'poppy field' })).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(stage.getByRole('button', { name: 'poppy field' })).toBeVisible();

    await details.getByTitle('Find others like it').first().click();
    await expect(page.getByRole('grid')).toBeVisible();
    await expect(page.getByRole('gridcell')).toHaveCount(1);
  });

  test('within each other, and in the same corner, can each be pointed at and opened', async ({
    app,
    page,
  }) => {
    const { photos } = await app.call('search.query', { query: '' });
    const boxes = {
      table: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 },
      cloth: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 },
      plate: { x: 0.4, y: 0.4, width: 0.3, height: 0.3 },
      fork: { x: 0.5, y: 0.5, width: 0.1, height: 0.1 },
    };
    for (const { id } of photos) {
      await app.call('description.edit', {
        photos: { assetIds: [id] },
        objects: Object.entries(boxes).map(([label, box]) => ({ label, box })),
      });
    }
    await openFirst(page);
    const stage = page.locator('.photo-stage');
    await page.keyboard.press('o');
    await expect(stage.locator('.object-box')).toHaveCount(4);
    const picture = await page.getByRole('img').first().boundingBox();
    if (picture === null) throw new Error('It is shown.');
    const pointAt = (part: number) =>
      page.mouse.move(picture.x + part * picture.width, picture.y + part * picture.height);
    const pointed = stage.locator('.object-box[data-pointed]');
    // From the outside in, as a hand goes: what is entered is what is marked.
    for (const [part, name] of [
      [0.3, /table|cloth/],
      [0.45, /plate/],
      [0.55, /fork/],
      [0.65, /plate/],
      [0.8, /table|cloth/],
    ] as const) {
      await pointAt(part);
      await expect(pointed).toHaveText(name);
    }
    for (const name of Object.keys(boxes)) {
      await stage.getByRole('button', { name, exact: true }).click();
      await page.getByRole('menuitem', { name: 'Give it another name' }).click();
      await expect(page.getByRole('dialog', { name: `Another name for “${name}”` })).toBeVisible();
      await page.keyboard.press('Escape');
    }
    await takeScreenshots(page, 'objects-nested');
  });
});
