import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { Database } from '../../app/db/connection.ts';
import { expect, test } from './app.ts';
import { connectAzure } from './connections.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

/** Where the picture is, as far as a service on the internet is concerned. */
const address = 'https://pictures.example/puffin.jpg';

const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: 'steelblue' } })
  .jpeg()
  .toBuffer();

/** Serves the picture on loopback while `work` goes on. */
async function whileServed(work: (origin: string) => Promise<void>): Promise<void> {
  const bytes = await picture;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // why: it listens on a port
  try {
    await work(`http://127.0.0.1:${String(port)}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The internet as the service sees it. */
function internet({ href }: URL): Promise<Buffer | undefined> {
  return href === address ? picture : Promise.resolve(undefined);
}

test.describe('pictures of the web', { tag: '@view' }, () => {
  test.use({ launch: { photos: 1, emulator: true, internet } });
  test.describe.configure({ timeout: 300_000 });

  test('are named in a dialog, and described and asked about by their address where a person says so', async ({
    app,
    page,
  }) => {
    await connectAzure(app);

    await test.step('the dialog takes addresses alone, and none of this machine', async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('by their address');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Pictures by their address', exact: true });
      const field = dialog.getByRole('textbox', { name: 'Addresses of pictures' });
      await field.fill('the puffin');
      await expect(dialog.getByText('Only addresses can stand here')).toBeVisible();
      await expect(dialog.getByRole('button', { name: 'Fetch', exact: true })).toBeDisabled();
      await field.fill(`${app.emulator.endpoint}/puffin.jpg`);
      await takeScreenshots(page, 'pictures-by-address');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Fetch 1 picture' }).click();
      await expect(page.getByText('is on this machine or in its network').first()).toBeVisible();
    });

    await whileServed(async (origin) => {
      await app.call('web.fetch', { addresses: [`${origin}/puffin.jpg`], allowPrivate: true });
    });
    const db = new Database(join(app.library, 'library.db'));
    db.run('UPDATE web_picture SET address = ?', [address]);
    db.close();
    await expect.poll(async () => (await app.call('search.query', { query: '' })).total).toBe(2);

    await test.step('the plan offers the address, and it is what the service gets', async () => {
      await page.evaluate("location.hash = '#/library'");
      await page.getByRole('grid').focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('d');
      const dialog = page.getByRole('dialog', { name: 'Describe photos' });
      // The built-in describer sends nothing.
      await expect(dialog.getByRole('combobox', { name: 'Pictures of the web' })).toHaveCount(0);
      await dialog.getByRole('combobox', { name: 'Described by' }).click();
      await page.getByRole('option', { name: /gpt-41/ }).click();
      await dialog.getByRole('combobox', { name: 'Pictures of the web' }).click();
      await page.getByRole('option', { name: 'By their address' }).click();
      await expect(dialog.getByText('The service fetches the original')).toBeVisible();
      await takeScreenshots(page, 'describe-by-address');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: /^Describe 2 photos/ }).click();
      await expect
        .poll(async () => (await app.call('run.list', {})).map(({ state, jobs }) => [state, jobs.finished]))
        .toEqual([['finished', 2]]);
      const told = app.emulator.requests.flatMap(({ pictures }) =>
        pictures.map((one) => one.address ?? 'sent'),
      );
      expect(told.toSorted()).toEqual([address, 'sent']);
    });

    await test.step('a question goes out with it too, when that is chosen', async () => {
      const { photos } = await app.call('search.query', { query: 'puffin' });
      await page.evaluate(`location.hash = '#/photo/${String(photos[0]?.id)}'`);
      await page.getByRole('tab', { name: 'Ask' }).click();
      await page.getByRole('textbox', { name: 'Question about this photo' }).fill('What is it?');
      await page.getByRole('combobox', { name: 'Pictures of the web' }).click();
      await page.getByRole('option', { name: 'Its address is told' }).click();
      await takeScreenshots(page, 'ask-by-address');
      await expectAccessible(page);
      await page.getByRole('button', { name: /^Ask for about/ }).click();
      await expect(page.getByText('What is it?').first()).toBeVisible();
      await expect.poll(() => app.emulator.requests.at(-1)?.pictures[0]?.address).toBe(address);
      await expect.poll(() => app.emulator.requests.length).toBe(3);
    });
  });
});

test.describe('the retired enhancements', { tag: '@view' }, () => {
  test.use({ launch: { photos: 1, emulator: true } });

  test('are said to be retired, and chosen where a server still has them', async ({ app, page }) => {
    const { id: connectionId } = await app.call('connection.save', {
      kind: 'azure-openai',
      endpoint: app.emulator.endpoint,
      deployment: 'gpt-4-vision',
      apiVersion: '2023-12-01-preview',
    });
    const openSettings = async () => {
      await page.getByRole('button', { name: 'Change…' }).first().click();
      const dialog = page.getByRole('dialog', { name: /^Change gpt-4-vision/ });
      await dialog.getByText('Enhancements of GPT-4 Turbo with Vision (retired)').first().click();
      return dialog;
    };
    await page.keyboard.press('Control+,');
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    let dialog = await openSettings();
    await expect(dialog.getByText('Microsoft has ended them')).toBeVisible();
    await expect(dialog.getByText('They need a connection to Azure AI Vision')).toBeVisible();
    await page.keyboard.press('Escape');

    const service = await app.call('connection.save', {
      kind: 'azure-vision',
      endpoint: app.emulator.endpoint,
    });
    dialog = await openSettings();
    await dialog.getByRole('combobox', { name: /^Enhancements/ }).click();
    await page.getByRole('option', { name: 'Objects with their places, and text' }).click();
    await expect(dialog.getByText('Each costs $0.003')).toBeVisible();
    await takeScreenshots(page, 'connection-enhancements');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    const saved = (await app.call('connection.list', {})).find(({ id }) => id === connectionId);
    expect(saved?.enhancements).toEqual({ features: ['grounding', 'ocr'], visionConnectionId: service.id });
  });
});
