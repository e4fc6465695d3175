import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { expect, test } from './app.ts';

test.skip(!hasFfmpeg, 'There is no ffmpeg to make videos with.');

/** The colour that is there most, of what is seen at a place of the page. */
async function colorIn(page: Page, selector: string): Promise<'red' | 'green' | 'blue'> {
  const { channels } = await sharp(await page.locator(selector).first().screenshot()).stats();
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
  return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
}

test.describe('videos without ffmpeg', () => {
  test.use({ launch: { videos: true, hasFfmpeg: false } });

  test('have their pictures from the desktop’s own decoder; what it does not know says what to install', async ({
    app,
    page,
  }) => {
    const { photos } = await app.call('search.query', { query: 'is:video' });
    const byName = async (name: string) => {
      const found = photos.find(({ path }) => path.endsWith(name));
      return app.call('asset.get', { id: found?.id ?? 0 });
    };
    await expect(page.getByRole('gridcell')).toHaveCount(3);
    if (app.host === 'web') {
      // A browser shows pages and decodes nothing for an engine: facts, and the one sentence.
      await expect
        .poll(async () => (await byName('Beach.mp4')).video?.framesError?.code)
        .toBe('no-video-decoder');
      await page.evaluate(`location.hash = '#/photo/${String((await byName('Beach.mp4')).id)}'`);
      await expect(page.getByText(/To look into videos, Cutline needs ffmpeg/)).toBeVisible();
      return;
    }
    for (const name of ['Beach.mp4', 'Sea.webm']) {
      await expect.poll(async () => (await byName(name)).video?.framesError ?? null).toBeNull();
    }
    await expect(page.locator('.photo-image[data-loaded]')).not.toHaveCount(0);
    expect(await colorIn(page, '.photo-image[data-loaded]')).toBe('red');
    // HEVC: only some systems decode it.
    const phone = (await byName('Phone.mov')).video;
    if (phone?.framesError !== null) {
      expect(phone?.framesError).toMatchObject({ code: 'no-video-decoder', details: { codec: 'HEVC' } });
    }
    // Nothing of the decoder's page can be reached from the window.
    const { windows, canReach } = await page.evaluate<{ windows: number; canReach: boolean }>(`(async () => ({
      windows: window.length,
      canReach: await fetch('decoder://cutline/wish').then(() => true, () => false),
    }))()`);
    expect({ windows, canReach }).toEqual({ windows: 0, canReach: false });
  });
});
