import { copyFile, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { startAzurite } from '../helpers/azurite-server.ts';
import { expect, test } from './app.ts';
import { connectVision } from './connections.ts';
import { hasFfmpeg, makeClip } from './clips.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

const yesterday = new Date(Date.now() - 86_400_000);

const looks = { untilOver: 2 };

const retrieval = {
  get looksUntilOver(): number {
    return looks.untilOver;
  },
  segmentsOf: () => [
    {
      kind: 'VideoFrame' as const,
      start: '00:00:01',
      end: '00:00:03.5000000',
      best: '00:00:02.2500000',
      text: 'a person with a red bag',
    },
    {
      kind: 'SpeechTextSegment' as const,
      start: '00:00:04',
      end: '00:00:05',
      best: '00:00:04',
      text: 'where is my bag',
    },
  ],
};

test.describe('an index of videos where the service is gone', { tag: '@view' }, () => {
  test.use({
    launch: { photos: 1, emulator: true, hasKeyInEnvironment: false, retrieval: { isRetired: true } },
  });

  test('says so, and what to do instead, and offers nothing that cannot be', async ({ app, page }) => {
    await connectVision(app);
    await page.evaluate("location.hash = '#/videos'");
    await expect(
      page.getByRole('alert').filter({ hasText: 'Have videos described by their frames instead' }),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'New index…' })).toHaveCount(0);
    await takeScreenshots(page, 'video-index-retired');
    await expectAccessible(page);
  });
});

test.describe('an index of videos', { tag: '@view' }, () => {
  test.skip(!hasFfmpeg, 'Videos are made by ffmpeg.');
  test.use({ launch: { photos: 2, emulator: true, hasKeyInEnvironment: false, retrieval } });
  test.describe.configure({ timeout: 360_000 });

  test('is made, filled from a container of Azurite, searched, and opens a video at the place that was found', async ({
    app,
    page,
  }) => {
    const azurite = await startAzurite();
    const addition = page.getByRole('region', { name: 'What is being put into the index' });
    try {
      const container = await azurite.makeContainer('videos');
      const clips = join(app.photos, 'clips');
      makeClip(join(clips, 'market.mp4'), 'firebrick');
      makeClip(join(clips, 'harbour.mp4'), 'teal');
      await copyFile(join(clips, 'market.mp4'), join(clips, 'copy of market.mp4'));
      await utimes(join(clips, 'copy of market.mp4'), yesterday, yesterday);
      await app.call('root.scan', {});
      await connectVision(app);
      await expect.poll(async () => (await app.call('search.query', { query: 'is:video' })).total).toBe(3);

      await test.step('it is found beside its connection, and its end is said', async () => {
        await page.keyboard.press('Control+,');
        await page.getByRole('link', { name: 'Connections', exact: true }).click();
        await page.getByRole('link', { name: 'Indexes of videos…' }).click();
        await expect(page.getByRole('heading', { name: 'Indexes of videos', level: 1 })).toBeVisible();
        await expect(
          page.getByText('switched video retrieval of Azure AI Vision off on 30 June 2025'),
        ).toBeVisible();
        await expect(page.getByText('No index yet')).toBeVisible();
        await takeScreenshots(page, 'video-index-none');
        await expectAccessible(page);
      });

      await test.step('one is made, with what is said and a field', async () => {
        await page.getByRole('button', { name: 'New index…' }).click();
        const dialog = page.getByRole('dialog', { name: 'New index of videos' });
        await dialog.getByRole('textbox', { name: 'Name' }).fill('family videos');
        await expect(dialog.getByText('An index cannot be called so')).toBeVisible();
        await dialog.getByRole('textbox', { name: 'Name' }).fill('family');
        await dialog.getByRole('combobox', { name: 'What it finds' }).click();
        await page.getByRole('option', { name: 'What is seen and what is said' }).click();
        await dialog.getByRole('textbox', { name: 'A field of your own' }).fill('event');
        await takeScreenshots(page, 'video-index-new');
        await expectAccessible(page);
        await dialog.getByRole('button', { name: 'Make it' }).click();
        await expect(page.getByRole('heading', { name: 'family', level: 2 })).toBeVisible();
      });

      await test.step('videos that are selected in the library are put in, after their plan was seen', async () => {
        await page.keyboard.press('g');
        await page.keyboard.press('l');
        await page.getByRole('grid').focus();
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Control+k');
        await page.keyboard.type('index of videos');
        await page.getByRole('option', { name: 'Put into an index of videos …' }).click();
        await expect(page.getByText('Of 5 selected photos, the videos.')).toBeVisible();
        await page.getByRole('textbox', { name: 'Value of “event”' }).fill('Harvest');
        await page.getByRole('button', { name: 'Show what would be sent' }).click();
        // A copy is the same document.
        await expect(page.getByText(/^2 videos \(.*would be uploaded/)).toBeVisible();
        expect((await azurite.listBlobs(container)).size).toBe(0);
        const address = page.getByLabel('Address of a container with its signature (SAS)');
        await address.fill(azurite.sas(container, { expiresAtMs: Date.now() - 60_000 }));
        await takeScreenshots(page, 'video-index-plan');
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Upload 2 videos and put them in' }).click();
        await expect(
          page.getByText('The signature in the address of the container (SAS) has expired'),
        ).toBeVisible();
        await expect(address).toHaveValue('');
        await address.fill(azurite.sas(container));
        // It looks for as long as we do.
        looks.untilOver = Number.POSITIVE_INFINITY;
        await page.getByRole('button', { name: 'Upload 2 videos and put them in' }).click();
        await expect(addition.getByRole('button', { name: 'Stop' })).toBeVisible();
        await takeScreenshots(page, 'video-index-going');
        await expectAccessible(page);
      });

      await test.step('it goes on while something else is looked at, and its end is there when one comes back', async () => {
        await page.keyboard.press('g');
        await page.keyboard.press('l');
        await expect(page.getByRole('grid')).toBeVisible();
        await expect(page.getByRole('link', { name: /videos for an index|looks at videos/ })).toBeVisible();
        looks.untilOver = 2;
        await expect
          .poll(async () => (await app.call('videoIndex.additions', {})).map(({ state }) => state), {
            timeout: 60_000,
          })
          .toEqual(['done']);
        await page.goBack();
        await expect(page.getByText('2 videos were put into the index.')).toBeVisible();
        await takeScreenshots(page, 'video-index-added');
        await addition.getByRole('button', { name: 'Dismiss' }).click();
        await expect(page.getByText('2 videos were put into the index.')).toHaveCount(0);
        expect((await azurite.listBlobs(container)).size).toBe(2);
      });

      await test.step('a place is found, and its video opens there', async () => {
        await page.getByRole('tab', { name: 'Find' }).click();
        await page.getByRole('textbox', { name: 'What is to be found' }).fill('red bag');
        await page.getByRole('textbox', { name: 'What is to be found' }).press('Enter');
        await expect(page.getByText('4 places found.')).toBeVisible();
        await page.getByRole('combobox', { name: 'Seen or said' }).click();
        await page.getByRole('option', { name: 'Only what is seen' }).click();
        await page.getByRole('button', { name: 'Find', exact: true }).click();
        await expect(page.getByText('2 places found.')).toBeVisible();
        await takeScreenshots(page, 'video-index-found');
        await expectAccessible(page);
        await page.getByRole('link', { name: /harbour\.mp4/ }).click();
        const player = page.locator('video');
        await expect(player).toBeVisible();
        await expect
          .poll(() =>
            player.evaluate((element) => (element as unknown as { currentTime: number }).currentTime),
          )
          .toBeCloseTo(2.25, 1);
        await page.goBack();
      });

      await test.step('one video is taken out, then the whole index; the files stay', async () => {
        await page.getByRole('tab', { name: 'What is in it' }).click();
        await expect(page.getByText('2 videos are in it.')).toBeVisible();
        await takeScreenshots(page, 'video-index-videos');
        await expectAccessible(page);
        await page.getByRole('button', { name: /^Take harbour\.mp4 out/ }).click();
        await expect(page.getByText('1 video is in it.')).toBeVisible();
        await page.getByRole('button', { name: 'Delete the index…' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete the index…' }).click();
        await expect(page.getByText('No index yet')).toBeVisible();
        expect((await azurite.listBlobs(container)).size).toBe(2);
      });

      const [first] = [...(await azurite.listBlobs(container)).keys()];
      expect(basename(first ?? '')).not.toContain('sig=');
    } finally {
      await azurite.stop();
    }
  });
});
