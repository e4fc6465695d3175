import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

test.describe('Microsoft Entra', { tag: '@view' }, () => {
  test.use({ launch: { photos: 2, emulator: true, hasKeyInEnvironment: false, isSignedIn: true } });
  test.describe.configure({ timeout: 180_000 });

  test('signs in to models and to Image Analysis with what az is signed in with, and can be chosen later', async ({
    app,
    page,
  }) => {
    const { emulator } = app;
    await test.step('a connection that had a key is changed over', async () => {
      const { id: connectionId } = await app.call('connection.save', {
        kind: 'azure-openai',
        endpoint: emulator.endpoint,
        deployment: 'gpt-41-mini',
      });
      await app.call('secret.set', { connectionId, key: 'an-old-key' });
      await page.keyboard.press('Control+,');
      await page.getByRole('link', { name: 'Connections', exact: true }).click();
      await page.getByRole('button', { name: 'Change…' }).click();
      const dialog = page.getByRole('dialog', { name: /^Change gpt-41-mini/ });
      await dialog.getByRole('combobox', { name: 'Sign in' }).click();
      await page.getByRole('option', { name: 'With Microsoft Entra' }).click();
      await expect(dialog.getByText('Cognitive Services OpenAI User')).toBeVisible();
      await expect(dialog.getByRole('textbox', { name: 'Key' })).toHaveCount(0);
      await takeScreenshots(page, 'connection-entra');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await page.getByRole('button', { name: 'Test' }).click();
      await expect(page.getByText('It works.')).toBeVisible();
    });

    await test.step('Image Analysis is set up without any key', async () => {
      await page.getByRole('button', { name: 'Add a connection…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Who should describe your photos?' });
      await dialog.getByRole('tab', { name: 'Azure AI Vision' }).click();
      await dialog.getByRole('textbox', { name: 'Endpoint' }).fill(emulator.endpoint);
      await dialog.getByRole('combobox', { name: 'Sign in' }).click();
      await page.getByRole('option', { name: 'With Microsoft Entra' }).click();
      await expect(dialog.getByText('“Cognitive Services User”')).toBeVisible();
      await dialog.getByRole('button', { name: 'Save and test' }).click();
      await expect(dialog.getByText('It works.')).toBeVisible();
      await takeScreenshots(page, 'connection-vision-entra');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Use it' }).click();
    });

    // Neither the old key nor any other was sent.
    const keys = emulator.requests.flatMap(({ headers }) =>
      Object.keys(headers).filter((name) => name === 'api-key' || name === 'ocp-apim-subscription-key'),
    );
    expect(keys).toEqual([]);
    expect(emulator.requests.some(({ form, httpStatus }) => form === 'vision' && httpStatus === 200)).toBe(
      true,
    );
  });
});
