import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

const analysis = {
  lines: [
    [
      { text: 'SEA', place: { x: 0.1, y: 0.3, width: 0.2, height: 0.1 }, confidence: 0.99 },
      { text: 'GULL', place: { x: 0.35, y: 0.3, width: 0.25, height: 0.1 }, confidence: 0.93 },
    ],
    [{ text: 'Harbour', place: { x: 0.1, y: 0.6, width: 0.4, height: 0.12 }, confidence: 0.97 }],
  ],
};

test.describe('Image Analysis', { tag: '@view' }, () => {
  test.use({ launch: { photos: 3, emulator: true, hasKeyInEnvironment: false, analysis } });
  test.describe.configure({ timeout: 180_000 });

  test('is set up, says what it costs, and what it reads can be found, marked, selected and copied', async ({
    app,
    page,
  }) => {
    await test.step('it is set up and tried, and its end is said', async () => {
      await expect(page.getByRole('grid')).toBeVisible();
      await page.keyboard.press('Control+,');
      await page.getByRole('link', { name: 'Connections', exact: true }).click();
      await page.getByRole('button', { name: 'Add a connection…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Who should describe your photos?' });
      await dialog.getByRole('tab', { name: 'Azure AI Vision' }).click();
      await expect(dialog.getByText('Microsoft retires it on 25 September 2028')).toBeVisible();
      await expect(dialog.getByRole('textbox', { name: 'Deployment' })).toHaveCount(0);
      await dialog.getByRole('textbox', { name: 'Endpoint' }).fill(app.emulator.endpoint);
      await dialog.getByRole('textbox', { name: 'Key' }).fill(app.emulator.key);
      await dialog.getByRole('button', { name: 'Save and test' }).click();
      await expect(dialog.getByText('It works.')).toBeVisible();
      await takeScreenshots(page, 'connection-vision');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Use it' }).click();
    });

    await test.step('what is described is chosen without what Image Analysis cannot do', async () => {
      await page.evaluate("location.hash = '#/library'");
      await page.getByRole('grid').focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('d');
      const dialog = page.getByRole('dialog', { name: 'Describe photos' });
      await dialog.getByRole('combobox', { name: 'Described by' }).click();
      await page.getByRole('option', { name: /Azure AI Vision/ }).click();
      await expect(dialog.getByText('Transactions', { exact: true })).toBeVisible();
      await expect(dialog.getByRole('combobox', { name: 'Bursts and near-duplicates' })).toHaveCount(0);
      await page.keyboard.press('Escape');
    });

    const connection = (await app.call('connection.list', {})).find(({ kind }) => kind === 'azure-vision');
    if (connection === undefined) throw new Error('it was set up');
    await app.call('description.start', {
      connectionId: connection.id,
      budgetMicroUsd: null,
      options: {
        prompt: 'general',
        language: 'en',
        detail: 'high',
        maxImageTokens: null,
        fields: ['caption', 'keywords', 'recognizedText', 'objects'],
      },
    });
    await expect.poll(async () => (await app.call('search.query', { query: 'text:gull' })).total).toBe(3);

    await test.step('what was looked for is marked in the photo', async () => {
      await page.evaluate("location.hash = '#/library?q=text%3Agull'");
      await page.getByRole('gridcell').first().dblclick();
      const stage = page.locator('.photo-stage');
      await expect(stage.locator('[data-sought]')).toHaveText('GULL');
      await takeScreenshots(page, 'text-marked');
    });

    await test.step('a word is where it stands, and is taken by a double click', async () => {
      const stage = page.locator('.photo-stage');
      const selectedText = async (): Promise<string> =>
        (await page.evaluate<string>('String(getSelection())')).trim();
      await page.keyboard.press('t');
      const word = stage.getByText('Harbour', { exact: true });
      await expect(word).toHaveAttribute('title', 'Harbour · 97 %');
      const [picture, place] = [await page.getByRole('img').first().boundingBox(), await word.boundingBox()];
      if (picture === null || place === null) throw new Error('both are shown');
      expect((place.x - picture.x) / picture.width).toBeCloseTo(0.1, 1);
      expect(place.width / picture.width).toBeCloseTo(0.4, 1);
      expect((place.y - picture.y) / picture.height).toBeCloseTo(0.6, 1);
      await word.dblclick();
      expect(await selectedText()).toBe('Harbour');

      // A drag over both words of a line takes both, with a space between them.
      const [first, last] = [
        await stage.getByText('SEA', { exact: true }).boundingBox(),
        await stage.getByText('GULL', { exact: true }).boundingBox(),
      ];
      if (first === null || last === null) throw new Error('both are shown');
      await page.mouse.move(first.x + 1, first.y + first.height / 2);
      await page.mouse.down();
      await page.mouse.move(last.x + last.width - 1, last.y + last.height / 2, { steps: 8 });
      await page.mouse.up();
      expect(await selectedText()).toBe('SEA GULL');
      await expectAccessible(page);
      await takeScreenshots(page, 'text-selectable');
      await page.keyboard.press('t');
      await expect(stage.locator('.text-layer')).not.toHaveAttribute('data-shown');
    });

    await test.step('an address that is pasted is fetched, but not from this machine', async () => {
      const address = JSON.stringify(`${app.emulator.endpoint}/picture.jpg`);
      await page.evaluate(`{
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', ${address});
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      }`);
      await expect(page.getByText('is on this machine or in its network').first()).toBeVisible();
    });
  });
});
