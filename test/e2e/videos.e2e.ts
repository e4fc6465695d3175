import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Moment } from '../../app/contract/models/description.ts';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { expect, test, type App } from './app.ts';
import { connectAzure } from './connections.ts';
import { expectAccessible, takeScreenshots } from './look.ts';
import { canPlay, colorIn, pausePlayer, playedTo, watchPlayer } from './player.ts';

test.skip(!hasFfmpeg, 'There is no ffmpeg to make videos with.');

const player = 'video';

async function beachOf(app: App) {
  const { photos } = await app.call('search.query', { query: 'is:video' });
  return app.call('asset.get', { id: photos[0]?.id ?? 0 });
}

/** The emulator's model says of each frame what it shows: red, green and blue are three moments. */
async function describeBeach(app: App): Promise<readonly [Moment, Moment, Moment]> {
  const connectionId = await connectAzure(app);
  await app.call('description.start', {
    connectionId,
    budgetMicroUsd: null,
    options: {
      prompt: 'general',
      language: 'en',
      detail: 'auto',
      maxImageTokens: null,
      fields: ['caption', 'keywords'],
    },
  });
  await expect.poll(async () => (await beachOf(app)).description?.moments.length).toBe(3);
  const [red, green, blue] = (await beachOf(app)).description?.moments ?? [];
  if (red === undefined || green === undefined || blue === undefined) throw new Error('There are three.');
  return [red, green, blue];
}

/** As people write a time within a minute. */
const clockOf = (ms: number): string => `0:0${String(Math.floor(ms / 1000))}`;

/** As the player notes where it was brought to. */
const at = ({ startMs }: Moment): string => `at ${String(startMs / 1000)}`;

const momentsOf = (page: Page) => page.getByRole('region', { name: 'Moments' });
const momentButtons = (page: Page) => momentsOf(page).getByRole('button', { name: /^0:0\d–0:0\d/ });

test.describe('videos in the grid', () => {
  test.use({ launch: { photos: 2, videos: ['Beach.mp4', 'Sea.webm', 'Phone.mov'] } });

  test('say how long they are, and show their course under the pointer, unless the system asks for stillness', async ({
    page,
  }) => {
    await expect(page.locator('.photo-duration')).toHaveText(['0:06', '0:06', '0:06']);
    const videos = page.getByRole('gridcell', { name: /\.(?:mp4|webm|mov), .*, 0:06, video/ });
    await expect(videos).toHaveCount(3);
    await expect(page.locator('.photo-image[data-loaded]')).toHaveCount(5);
    await takeScreenshots(page, 'videos-grid');
    await expectAccessible(page);
    await page.emulateMedia({ reducedMotion: 'no-preference' });

    const grid = page.getByRole('grid');
    const focused = await grid.getAttribute('aria-activedescendant');
    const beach = page.getByRole('gridcell', { name: /^Beach\.mp4/ });
    const box = await beach.boundingBox();
    if (box === null) throw new Error('The grid shows it.');
    const pointAt = (part: number) => page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
    const shown = beach.locator('.photo-scrub');
    await pointAt(0.05);
    await expect(shown).toHaveAttribute('data-frame', '0');
    await expect(shown).toHaveText('0:00');
    for (const [part, color, time] of [
      [0.06, 'red', '0:00'],
      [0.52, 'green', '0:03'],
      [0.96, 'blue', '0:05'],
    ] as const) {
      await pointAt(part);
      await expect(shown).toHaveText(time);
      await expect.poll(() => colorIn(page, '.photo-cell:hover')).toBe(color);
    }
    await takeScreenshots(page, 'videos-scrub');
    // It moves no focus and selects nothing.
    expect(await grid.getAttribute('aria-activedescendant')).toBe(focused);
    await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(0);
    await page.mouse.move(2, 2);
    await expect(shown).toHaveCount(0);

    await page.emulateMedia({ reducedMotion: 'reduce' });
    await pointAt(0.5);
    await expect(beach.locator('.photo-check')).toBeVisible();
    await expect(shown).toHaveCount(0);
  });
});

test.describe('a video in the photo view', () => {
  test.use({ launch: { videos: ['Beach.mp4'], emulator: true } });

  test('plays, and from a moment that is pressed; keys on the player are the player’s', async ({
    app,
    page,
  }) => {
    const [, green] = await describeBeach(app);
    const did = await watchPlayer(page);
    await page.getByRole('gridcell', { name: /, 0:06, video/ }).dblclick();
    await expect(momentButtons(page)).toHaveCount(3);
    // What a picture alone has is not offered.
    await expect(page.getByRole('button', { name: 'Whole photo' })).toHaveCount(0);

    await expect.poll(() => canPlay(page)).toBe(true);
    await page.locator(player).focus();
    await page.keyboard.press('Space');
    await expect.poll(did).toContain('play');
    await expect.poll(() => playedTo(page)).toBeGreaterThan(0);

    await momentButtons(page).nth(1).click();
    await expect.poll(did).toContain(at(green));
    await pausePlayer(page);
    await expect(momentButtons(page).nth(1)).toContainText(green.text);
    await takeScreenshots(page, 'video');
    await expectAccessible(page);

    const before = (await did()).length;
    await page.locator(player).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await did()).length).toBeGreaterThan(before);
  });

  test('is found by what happens in it, and opens at that moment', async ({ app, page }) => {
    const [, green] = await describeBeach(app);
    const [, word = ''] = /“(.+)”/.exec(green.text) ?? [];
    const did = await watchPlayer(page);
    const field = page.getByRole('combobox', { name: 'Search' });
    await field.fill(word);
    await field.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: '1 photo found' })).toBeVisible();
    await page.getByRole('gridcell').dblclick();
    await expect(momentButtons(page)).toHaveCount(3);
    await expect(momentButtons(page).nth(1)).toHaveAttribute('aria-current', 'true');
    for (const other of [0, 2]) {
      await expect(momentButtons(page).nth(other)).not.toHaveAttribute('aria-current');
    }
    await expect.poll(did).toEqual([at(green)]);
    await expect.poll(() => colorIn(page, player)).toBe('green');
    await takeScreenshots(page, 'video-found');
    await expectAccessible(page);
  });

  test(
    'is asked about as a whole and at a moment; a time in the answer plays from there',
    {
      tag: '@view',
    },
    async ({ app, page }) => {
      const [, green, blue] = await describeBeach(app);
      await page.getByRole('gridcell').dblclick();
      const question = page.getByRole('textbox', { name: 'Question about this photo' });
      const ask = async (text: string): Promise<void> => {
        await question.fill(text);
        await page.getByRole('button', { name: /^Ask for about \$/ }).click();
        await expect(page.getByRole('article', { name: text })).toBeVisible();
      };

      await test.step('the whole: a frame of each scene goes along', async () => {
        await page.getByRole('tab', { name: 'Ask' }).click();
        await ask('What happens?');
        expect(app.emulator.requests.at(-1)?.pictures).toHaveLength(3);
      });

      await test.step('its times play', async () => {
        const did = await watchPlayer(page);
        await page
          .getByRole('article', { name: 'What happens?' })
          .getByRole('button', { name: clockOf(blue.startMs), exact: true })
          .click();
        await expect
          .poll(did)
          .toEqual(expect.arrayContaining([`at ${String(Math.floor(blue.startMs / 1000))}`, 'play']));
        await pausePlayer(page);
        await expect.poll(() => colorIn(page, player)).toBe('blue');
      });

      await test.step('a moment alone', async () => {
        const [from, to] = [clockOf(green.startMs), clockOf(green.endMs)];
        await momentsOf(page)
          .getByRole('button', { name: `Ask about the moment at ${from}` })
          .click();
        await expect(page.getByText(`about ${from} to ${to}`).first()).toBeVisible();
        await takeScreenshots(page, 'video-moment');
        await ask('And there?');
        await takeScreenshots(page, 'video-asked');
        await expectAccessible(page);
        const { threads } = await app.call('thread.list', {});
        const { answers } = await app.call('thread.get', { id: threads[0]?.id ?? 0 });
        expect(answers.map(({ moment }) => moment)).toEqual([{ startMs: green.startMs, endMs: green.endMs }]);
      });

      await test.step('the whole again', async () => {
        await page.getByRole('button', { name: 'The whole video' }).click();
        await ask('And after all?');
        expect(app.emulator.requests.at(-1)?.pictures).toHaveLength(3);
      });
    },
  );
});

test.describe('a video that is played', () => {
  test.use({ launch: { videos: ['Beach.mp4'] } });

  test('comes in ranges of bytes, in both hosts the same', async ({ app, page }) => {
    const bytes = await readFile(join(app.photos, 'Beach.mp4'));
    const { name } = await app.call('asset.play', { id: (await beachOf(app)).id });
    const fetchRange = (range: string | null) =>
      page.evaluate<{
        status: number;
        range: string | null;
        type: string | null;
        base64: string;
      }>(`(async () => {
        const response = await fetch('video/${name}', { headers: ${JSON.stringify(range === null ? {} : { range })} });
        const bytes = new Uint8Array(await response.arrayBuffer());
        return {
          status: response.status,
          range: response.headers.get('content-range'),
          type: response.headers.get('content-type'),
          base64: bytes.toBase64(),
        };
      })()`);
    const size = String(bytes.length);
    expect(await fetchRange('bytes=100-149')).toEqual({
      status: 206,
      range: `bytes 100-149/${size}`,
      type: 'video/mp4',
      base64: bytes.subarray(100, 150).toString('base64'),
    });
    expect(await fetchRange('bytes=-10')).toMatchObject({
      status: 206,
      range: `bytes ${String(bytes.length - 10)}-${String(bytes.length - 1)}/${size}`,
      base64: bytes.subarray(-10).toString('base64'),
    });
    expect(await fetchRange(`bytes=${size}-`)).toMatchObject({ status: 416, range: `bytes */${size}` });
    expect(await fetchRange(null)).toMatchObject({
      status: 200,
      range: null,
      base64: bytes.toString('base64'),
    });
  });
});
