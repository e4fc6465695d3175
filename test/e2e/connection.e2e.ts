import type { Locator } from '@playwright/test';
import { startEmulator, type Emulator } from '../azure-emulator/server.ts';
import { expect, test } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

async function topOf(part: Locator): Promise<number> {
  return (await part.boundingBox())?.y ?? Number.NaN;
}

async function bottomOf(part: Locator): Promise<number> {
  const box = await part.boundingBox();
  return box === null ? Number.NaN : box.y + box.height;
}

test.describe('a service that is paid', () => {
  test.use({ launch: { photos: 14, emulator: true, hasKeyInEnvironment: false } });
  // A whole journey in one start of the app: longer than other tests on a busy machine.
  test.describe.configure({ timeout: 300_000 });

  test('is set up, tried on ten, paused, gone on with and undone', async ({ app, page }) => {
    // By keyboard alone, as far as the dialog.
    await expect(page.getByRole('grid')).toBeVisible();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Do or find something' });
    await expect(field).toBeFocused();
    await page.keyboard.type('set up ph');
    await expect(page.getByRole('option', { name: 'Set up photos and who describes them' })).toBeVisible();
    await takeScreenshots(page, 'palette');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'A model or a service…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who should describe your photos?' });
    await dialog.getByRole('tab', { name: 'Azure OpenAI' }).click();
    const save = dialog.getByRole('button', { name: 'Save and test' });

    await test.step('what is wrong is said exactly', async () => {
      await dialog.getByRole('textbox', { name: 'Endpoint' }).fill('my resource');
      await expect(dialog.getByText('This is no address.')).toBeVisible();
      await dialog.getByRole('textbox', { name: 'Endpoint' }).fill(app.emulator.endpoint);
      await dialog.getByRole('textbox', { name: 'Deployment' }).fill('gpt-14-mini');
      await dialog.getByRole('textbox', { name: 'Key' }).fill(`${app.emulator.key}x`);
      await save.click();
      await expect(dialog.getByText('The key was refused.')).toBeVisible();
      await dialog.getByRole('textbox', { name: 'Key' }).fill(app.emulator.key);
      await save.click();
      await expect(dialog.getByText('“gpt-14-mini” does not exist at this endpoint')).toBeVisible();
      await takeScreenshots(page, 'connection-wrong');
      await expectAccessible(page);

      await dialog.getByRole('textbox', { name: 'Deployment' }).fill('gpt-41-mini');
      // As a form is sent; the button has the keyboard while it works, and after.
      await dialog.getByRole('textbox', { name: 'Deployment' }).press('Enter');
      await expect(dialog.getByText('It works.')).toBeVisible();
      const asked = app.emulator.requests.length;
      await save.press('Enter');
      await expect.poll(() => app.emulator.requests.length).toBeGreaterThan(asked);
      await expect(save).toBeFocused();
      await expect(dialog.getByText('It works.')).toBeVisible();
      // All of the form, then all of what was found, then the buttons: nothing lies over another.
      await save.hover();
      await page.mouse.wheel(0, 5_000);
      const found = dialog.getByText('one tiny picture was sent');
      await expect.poll(async () => (await topOf(save)) - (await bottomOf(found))).toBeGreaterThan(0);
      const lastLine = dialog.getByRole('textbox', { name: 'API version' });
      expect(await bottomOf(lastLine)).toBeLessThan(await topOf(dialog.getByText('It works.')));
      await takeScreenshots(page, 'connection-works');
      await dialog.getByRole('button', { name: 'Use it' }).click();
      // What was only tried, with a name that was mistyped, is not left behind.
      await expect
        .poll(async () => (await app.call('connection.list', {})).map(({ deployment }) => deployment))
        .toEqual(['gpt-41-mini']);
    });

    await test.step('the plan is seen, and ten are tried', async () => {
      await expect(page.getByText(/^Sent to .*: each photo, made smaller/)).toBeVisible();
      // The test of the connection says how fast it answers.
      await expect(page.getByText('as fast as it answered last')).toBeVisible();
      await takeScreenshots(page, 'first-start-azure');
      await page.getByRole('button', { name: 'Try on 10 photos' }).click();
      await expect
        .poll(async () => (await app.call('run.list', {})).map(({ state, jobs }) => [state, jobs.finished]))
        .toEqual([['finished', 10]]);
      const arriving = page.getByRole('region', { name: 'Captions as they come' });
      await expect(arriving.getByRole('link')).toHaveCount(12);
      await arriving.getByRole('link', { name: 'To this run' }).click();
    });

    await test.step('plan and actual stand side by side, and the bill is the service’s own', async () => {
      await expect(page.getByRole('table', { name: 'Plan against actual' })).toBeVisible();
      await takeScreenshots(page, 'run-finished');
      await expectAccessible(page);
      const { promptTokens, completionTokens } = app.emulator.totals();
      await page.keyboard.press('Control+,');
      await page.getByRole('link', { name: 'Usage', exact: true }).click();
      const total = page.getByRole('row', { name: /^Total/ });
      for (const tokens of [promptTokens, completionTokens]) {
        await expect(total).toContainText(tokens.toLocaleString('en'));
      }
      await takeScreenshots(page, 'settings-usage-paid');
      await expectAccessible(page);
    });

    await test.step('what it said is taken back', async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await page.getByRole('button', { name: 'Undo…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Undo for 10 photos' }).click();
      await expect(page.getByText('Taken back for 10 photos')).toBeVisible();
      expect((await app.call('library.summary', {})).described).toBe(0);
    });

    await test.step('every key is listed', async () => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to');
      await takeScreenshots(page, 'cheat-sheet');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
    });
  });
});

/** The usual places of servers of models: the first that nobody on this machine has taken. */
async function startServer(): Promise<Emulator> {
  const free = [
    ['ollama', 11_434],
    ['lm-studio', 1_234],
    ['llama-cpp', 8_080],
    ['vllm', 8_000],
  ] as const;
  for (const [server, port] of free) {
    try {
      return await startEmulator({ server, port });
    } catch {
      // Another test, or a server that somebody uses.
    }
  }
  throw new Error('All the usual ports are taken.');
}

test.describe('a model', () => {
  test.use({ launch: { photos: 2, emulator: true, hasKeyInEnvironment: false } });

  test('on this machine is found by itself, and one behind an address like OpenAI’s is set up by hand', async ({
    app,
    page,
  }) => {
    const server = await startServer();
    try {
      await page.keyboard.press('Control+,');
      await page.getByRole('link', { name: 'Connections', exact: true }).click();
      const add = page.getByRole('button', { name: 'Add a connection…' });
      const dialog = page.getByRole('dialog', { name: 'Who should describe your photos?' });
      const names = async (): Promise<(string | null)[]> =>
        (await app.call('connection.list', {}))
          .filter(({ kind }) => kind === 'openai-compatible')
          .map(({ endpoint }) => endpoint);

      await add.click();
      await expect(dialog.getByText(/servers? runs? on this machine/)).toBeVisible();
      const { host } = new URL(server.endpoint);
      await dialog
        .getByRole('button', { name: new RegExp(`${host}.*sees pictures`) })
        .first()
        .click();
      await dialog.getByRole('button', { name: 'Save and test' }).click();
      await expect(dialog.getByText('It works.')).toBeVisible();
      await takeScreenshots(page, 'connection-local');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Use it' }).click();
      await expect.poll(names).toEqual([expect.stringContaining(host)]);
      await expect(page.getByText('costs nothing')).toBeVisible();

      await add.click();
      await dialog.getByRole('tab', { name: 'OpenAI or compatible' }).click();
      await dialog.getByRole('textbox', { name: 'Endpoint' }).fill(`${app.emulator.endpoint}/v1`);
      await dialog.getByRole('textbox', { name: 'Model' }).fill('gpt-41-mini');
      await dialog.getByRole('textbox', { name: 'Key' }).fill(app.emulator.key);
      await dialog.getByRole('button', { name: 'Save and test' }).click();
      await expect(dialog.getByText('It works.')).toBeVisible();
      await dialog.getByRole('button', { name: 'Use it' }).click();
      await expect.poll(names).toHaveLength(2);
    } finally {
      await server.close();
    }
  });
});
