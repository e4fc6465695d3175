import type { Page } from '@playwright/test';
import { expect, test, type App } from './app.ts';
import { describeAll, setUpPaidService } from './runs.ts';

/** The first answers come when they are let go, the others later still. */
function holdInTwo(app: App, first: number): { letFirstGo: () => void; letAllGo: () => void } {
  const [now, later] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  let requests = 0;
  app.emulator.faults.choose(() => {
    requests += 1;
    return { name: 'slow', until: requests <= first ? now.promise : later.promise };
  });
  return {
    letFirstGo: () => {
      now.resolve(undefined);
    },
    letAllGo: () => {
      later.resolve(undefined);
    },
  };
}

/** Where a photo is in the window. */
async function topOf(page: Page, id: string): Promise<number> {
  return Math.round((await page.locator(`[id="${id}"]`).boundingBox())?.y ?? Number.NaN);
}

test.describe('captions that come in while somebody works', { tag: '@view' }, () => {
  test.use({ launch: { photos: 80, emulator: true, hasKeyInEnvironment: false } });
  test.describe.configure({ timeout: 300_000 });

  test('move nothing that is looked at, and touch nothing that is being written', async ({ app, page }) => {
    await setUpPaidService(app);
    const held = holdInTwo(app, 40);
    const grid = page.getByRole('grid');
    await describeAll(page, 80);

    const focused =
      await test.step('photos that leave the list above do not move those that are seen', async () => {
        await page.getByRole('link', { name: /^Not described/ }).click();
        await expect(page.getByRole('status').filter({ hasText: '80 photos found' })).toBeVisible();
        // What is described first is at the top: the service is asked in the order of the library.
        await page.getByRole('combobox', { name: 'Order' }).click();
        await page.getByRole('option', { name: 'Oldest first' }).click();
        await expect(page.getByRole('gridcell', { name: /Jan 10, 2019/ })).toBeInViewport();
        await grid.focus();
        await page.keyboard.press('End');
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('ArrowUp');
        const id = await grid.getAttribute('aria-activedescendant');
        if (id === null) throw new Error('No photo has the focus.');
        const before = await topOf(page, id);
        held.letFirstGo();
        await expect(page.getByRole('status').filter({ hasText: /^(?:4\d|3\d) photos found/ })).toBeVisible();
        await expect.poll(() => topOf(page, id)).toBe(before);
        await expect(grid).toBeFocused();
        await expect(grid).toHaveAttribute('aria-activedescendant', id);
        return id;
      });

    await test.step('what is half written stays while the model writes beside it, and is then kept as the person’s own', async () => {
      expect(focused).not.toBe('');
      await page.keyboard.press('Enter');
      const caption = page.getByRole('textbox', { name: 'Caption' });
      const title = page.getByRole('textbox', { name: 'Title' });
      await caption.click();
      await page.keyboard.type('Two boats');
      held.letAllGo();
      await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('80 described');
      await expect(title).not.toHaveValue('');
      await expect(caption).toBeFocused();
      await page.keyboard.type(' in the harbour.');
      await expect(caption).toHaveValue('Two boats in the harbour.');
      await page.keyboard.press('Control+Enter');
      await expect(page.getByText('Saved. It is yours now')).toBeVisible();
      expect((await app.call('search.query', { query: 'caption:"two boats in the harbour"' })).total).toBe(1);
    });
  });
});
