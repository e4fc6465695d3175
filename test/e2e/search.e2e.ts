import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('the search field', { tag: '@view' }, () => {
  test.use({ launch: { photos: 4, isDescribed: true } });

  test('finds while a person types, says why, narrows down, and leads on when nothing is found', async ({
    page,
  }) => {
    await test.step('finds while a person types, says why, and lets go of a filter', async () => {
      await expect(page.getByRole('grid')).toBeVisible();
      await page.keyboard.press('/');
      const field = page.getByRole('combobox', { name: 'Search' });
      await field.pressSequentially('landscape format:jp');
      await page.getByRole('option').first().click();
      await expect(page.getByRole('status').filter({ hasText: '3 photos found' })).toBeVisible();
      await page.getByRole('button', { name: 'Why these photos' }).click();
      await expect(page.getByRole('region', { name: 'Why these photos' }).locator('mark').first()).toHaveText(
        /landscape/i,
      );
      await expectAccessible(page);
      await takeScreenshots(page, 'search');
      // In any order of the grid, and in that order.
      await page.getByRole('combobox', { name: 'Order' }).click();
      await page.getByRole('option', { name: 'Last described first' }).click();
      const cells = page.getByRole('gridcell');
      await expect(
        page.getByRole('region', { name: 'Why these photos' }).locator('mark').first(),
      ).toBeVisible();
      await expect
        .poll(async () => page.getByRole('region', { name: 'Why these photos' }).getByRole('link').count())
        .toBe(await cells.count());
      await page.getByRole('button', { name: /^Remove “format/ }).click();
      await expect(field).toHaveValue('landscape');
      await field.press('Escape');
      await expect(field).toHaveValue('');
    });

    await test.step('shows what begins like a word while it is typed, keeps that, and narrows it down', async () => {
      const found = page.getByRole('status').filter({ hasText: 'found' });
      const field = page.getByRole('combobox', { name: 'Search' });
      await field.pressSequentially('landsc');
      await expect(found).toHaveText('3 photos found');
      // Nothing is called so; what is seen stays, and reads as it was typed. The address says what is found.
      await field.press('Enter');
      await expect(page).toHaveURL(/q=landsc(\*|%2A)(&|$)/);
      await expect(field).toHaveValue('landsc');
      await expect(found).toHaveText('3 photos found');
      await field.press('End');
      await field.pressSequentially(' format:jpeg');
      await field.press('Enter');
      await expect(field).toHaveValue('landsc* format:jpeg');
      await expect(found).toHaveText('3 photos found');
      await page.getByRole('button', { name: /^Remove “format/ }).click();
      await expect(page).toHaveURL(/q=landsc(\*|%2A)(&|$)/);
      await page.getByRole('button', { name: 'Narrow down' }).click();
      const narrow = page.getByRole('region', { name: 'Narrow down' });
      await narrow
        .getByRole('link', { name: /^January 3$|^\w+ 1$/ })
        .first()
        .click();
      await expect(field).toHaveValue(/^landsc\* /);
      await expect(found).not.toHaveText('3 photos found');
      await takeScreenshots(page, 'search-narrow');
      await expectAccessible(page);
    });

    await test.step('leads on when nothing is found, and keeps a search by its name', async () => {
      const field = page.getByRole('combobox', { name: 'Search' });
      await field.fill('landscape zeppelin');
      await field.press('Enter');
      await expect(page.getByText('Nothing found')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Search without “zeppelin”' }).click();
      await expect(page.getByRole('status').filter({ hasText: '3 photos found' })).toBeVisible();
      await page.getByRole('button', { name: 'Save this search' }).click();
      await page.getByRole('textbox', { name: 'Name of the search' }).fill('Wide ones');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const link = page.getByRole('link', { name: 'Wide ones' });
      await expect(link).toBeVisible();
      await page.getByRole('button', { name: 'Remove “Wide ones”' }).click();
      await expect(link).toHaveCount(0);
    });
  });
});
