import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Page } from '@playwright/test';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { expect, test, type App } from './app.ts';
import { expectAccessible, takeScreenshots } from './look.ts';
import { colorIn } from './player.ts';

test.skip(!hasFfmpeg, 'There is no ffmpeg to make videos with.');

async function videoOf(app: App, name: string) {
  const { photos } = await app.call('search.query', { query: 'is:video' });
  const found = photos.find(({ path }) => path.endsWith(name));
  return app.call('asset.get', { id: found?.id ?? 0 });
}

async function hasPicture(app: App, name: string): Promise<boolean> {
  const { id } = await videoOf(app, name);
  const { made } = await app.call('rendition.want', { rendition: 'thumbnail', assetIds: [id] });
  return made.length === 1;
}

const codeOf = async (app: App, name: string): Promise<string | undefined> =>
  (await videoOf(app, name)).video?.framesError?.code;

test.describe('videos without ffmpeg', () => {
  test.use({ launch: { videos: ['Beach.mp4', 'Sea.webm', 'Phone.mov'], hasFfmpeg: false } });

  test('have their pictures from the desktop’s own decoder; what it does not know says what to install', async ({
    app,
    page,
  }) => {
    await expect(page.getByRole('gridcell')).toHaveCount(3);
    if (app.host === 'web') {
      // A browser shows pages and decodes nothing for an engine: facts, and the one sentence.
      await expect.poll(() => codeOf(app, 'Beach.mp4')).toBe('no-video-decoder');
      await page.getByRole('gridcell', { name: /^Beach\.mp4/ }).dblclick();
      await expect(page.getByText(/To look into videos, Cutline needs ffmpeg/)).toBeVisible();
      await takeScreenshots(page, 'video-without-ffmpeg');
      await expectAccessible(page);
      return;
    }
    for (const name of ['Beach.mp4', 'Sea.webm']) await expect.poll(() => hasPicture(app, name)).toBe(true);
    await expect(page.locator('.photo-image[data-loaded]')).not.toHaveCount(0);
    expect(await colorIn(page, '.photo-image[data-loaded]')).toBe('red');
    // HEVC: only some systems decode it.
    await expect
      .poll(async () => (await hasPicture(app, 'Phone.mov')) || (await codeOf(app, 'Phone.mov')))
      .toBeTruthy();
    if (!(await hasPicture(app, 'Phone.mov'))) {
      expect((await videoOf(app, 'Phone.mov')).video?.framesError).toMatchObject({
        code: 'no-video-decoder',
        details: { codec: 'HEVC' },
      });
    }
    // Nothing of the decoder's page can be reached from the window.
    const { windows, canReach } = await page.evaluate<{ windows: number; canReach: boolean }>(`(async () => ({
      windows: window.length,
      canReach: await fetch('decoder://cutline/wish').then(() => true, () => false),
    }))()`);
    expect({ windows, canReach }).toEqual({ windows: 0, canReach: false });
  });

  test('have them once the settings name one, which is tested there', async ({ app, page }) => {
    await expect
      .poll(async () => (await hasPicture(app, 'Phone.mov')) || (await codeOf(app, 'Phone.mov')))
      .toBeTruthy();
    await openCheckUp(page);
    const videos = page.getByRole('region', { name: 'Videos' });
    const field = videos.getByRole('textbox', { name: 'ffmpeg', exact: true });
    const said = videos.getByRole('status');

    await videos.getByRole('button', { name: 'Test ffmpeg' }).click();
    await expect(said).toContainText('Cutline needs ffmpeg 4 or newer. Install it');
    if (app.host === 'web') await expect(said).toContainText('3 videos wait for their pictures.');
    else await expect(said).toContainText('Cutline looks into most videos by itself');
    await takeScreenshots(page, 'settings-ffmpeg-missing');
    await expectAccessible(page);

    // A program that is no ffmpeg.
    await field.fill(process.execPath);
    await field.press('Enter');
    await expect(said).toContainText(`${process.execPath} does not answer as ffmpeg does`);

    await field.fill(ffmpegHere());
    await field.press('Enter');
    await expect(said).toContainText(/ is ffmpeg \S+: videos have pictures and can be described\./);
    await takeScreenshots(page, 'settings-ffmpeg');
    await expectAccessible(page);
    for (const name of ['Beach.mp4', 'Sea.webm', 'Phone.mov']) {
      await expect.poll(() => hasPicture(app, name)).toBe(true);
    }
  });
});

test.describe('a video that crashes the desktop’s decoder', () => {
  test.use({ launch: { videos: ['Beach.mp4', 'Sea.webm'], hasFfmpeg: false } });

  test('says so; the next one goes on, the window lives, and it can be looked into again', async ({
    app,
    page,
  }) => {
    const { electron } = app;
    test.skip(electron === undefined, 'The desktop alone has that decoder.');
    if (electron === undefined) return;
    for (const name of ['Beach.mp4', 'Sea.webm']) await expect.poll(() => hasPicture(app, name)).toBe(true);
    const wantPreview = async (name: string): Promise<number> => {
      const { id } = await videoOf(app, name);
      const { made } = await app.call('rendition.want', { rendition: 'preview', assetIds: [id] });
      return made.length;
    };

    await crashDecoder(electron, true);
    await expect.poll(() => wantAndLook(app, wantPreview, 'Beach.mp4')).toBe('decoder-crashed');
    await page.getByRole('gridcell', { name: /^Beach\.mp4/ }).dblclick();
    await expect(page.getByText(/crashed the decoder/)).toBeVisible();

    await crashDecoder(electron, false);
    await expect.poll(() => wantPreview('Sea.webm')).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText(/crashed the decoder/)).toHaveCount(0);
    await expect.poll(() => wantPreview('Beach.mp4')).toBe(1);
    expect(await codeOf(app, 'Beach.mp4')).toBeUndefined();
  });
});

async function wantAndLook(
  app: App,
  want: (name: string) => Promise<number>,
  name: string,
): Promise<string | undefined> {
  await want(name);
  return codeOf(app, name);
}

/** Whether the page that decodes is killed whenever it is about to give a frame. */
async function crashDecoder(electron: NonNullable<App['electron']>, isCrashing: boolean): Promise<void> {
  await electron.evaluate(({ app, BrowserWindow, session }, isOn) => {
    const known = globalThis as { decoderCrashes?: { isOn: boolean } };
    if (known.decoderCrashes !== undefined) {
      known.decoderCrashes.isOn = isOn;
      return;
    }
    const crashes = (known.decoderCrashes = { isOn });
    const watch = (): void => {
      session.fromPartition('video-decoder').webRequest.onBeforeRequest(({ url }, decide) => {
        if (!crashes.isOn || !url.startsWith('decoder://cutline/answer')) {
          decide({});
          return;
        }
        for (const { webContents } of BrowserWindow.getAllWindows()) {
          if (webContents.getURL().startsWith('decoder:')) webContents.forcefullyCrashRenderer();
        }
      });
    };
    watch();
    // With each page that is opened comes the application's own rule.
    app.on('browser-window-created', watch);
  }, isCrashing);
}

async function openCheckUp(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('link', { name: 'Check-up', exact: true }).click();
}

/** Where this machine has it, which the app under test cannot find by itself. */
function ffmpegHere(): string {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);
  if (found === undefined) throw new Error('The test is skipped where there is none.');
  return found;
}
