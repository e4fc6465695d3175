import { expect, test, type Page } from '@playwright/test';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawSamplePhotos } from '../../app/imaging/sample-photos.ts';
import { launchBrowser, startWeb } from './hosts.ts';
import { callFromPage } from './page-call.ts';

/** @file The pictures of README.md, of the sample photos: the same on every machine, but for how its fonts are drawn. */

const folder = join(import.meta.dirname, '../../docs/pictures');
const mostBytes = 150_000;

/** It is seen in the pictures. */
const home = join(tmpdir(), 'ann');

async function withWindow(look: (page: Page) => Promise<void>): Promise<void> {
  const places = {
    library: join(home, 'Cutline'),
    photos: join(home, 'Pictures'),
    userData: join(home, 'user-data'),
  };
  await rm(home, { recursive: true, force: true });
  await mkdir(places.photos, { recursive: true });
  await drawSamplePhotos(places.photos);
  const path = process.env['PATH'] ?? '';
  const browser = await launchBrowser();
  const { page, close } = await startWeb(
    places,
    { PATH: path, HOME: home, TZ: 'UTC', LANG: 'en_US.UTF-8', CUTLINE_KEYRING: 'off' },
    browser,
  );
  try {
    await page.setViewportSize({ width: 1360, height: 850 });
    await look(page);
  } finally {
    await close();
    await browser.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

test('README shows the app as it is', () => withWindow(takeAll));

async function takeAll(page: Page): Promise<void> {
  const { rootId } = await callFromPage(page, 'root.add', { path: join(home, 'Pictures') });
  await callFromPage(page, 'root.scan', { rootIds: [rootId] });
  await page.getByRole('button', { name: 'Set up in three steps' }).or(page.getByRole('grid')).waitFor();
  await goTo(page, '#/first-start');
  const describe = page.getByRole('button', { name: 'Describe all 13 photos' });
  await describe.waitFor();
  await take(page, 'first-start', 'light');
  await describe.click();
  await expect.poll(async () => (await callFromPage(page, 'library.summary', {})).baseline).toBe(13);

  await goTo(page, '#/library');
  await seePictures(page);
  await take(page, 'library', 'dark');

  await page.getByRole('combobox', { name: 'Search' }).fill('blue landscape year:2019..2022');
  await page.getByRole('combobox', { name: 'Search' }).press('Enter');
  await page.getByRole('status').filter({ hasText: 'found' }).waitFor();
  await page.getByRole('button', { name: 'Why these photos' }).click();
  await seePictures(page);
  await take(page, 'search', 'light');

  await goTo(page, '#/library');
  await page.getByRole('gridcell').nth(4).dblclick();
  await page.getByRole('textbox', { name: 'Caption' }).waitFor();
  await seePictures(page);
  await take(page, 'photo', 'dark');
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = wanted;
  }, hash);
}

/** Until each picture in the window is drawn. */
async function seePictures(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    type Picture = { complete: boolean; naturalWidth: number };
    const { document } = globalThis as unknown as { document: { images: Iterable<Picture> } };
    const pictures = [...document.images];
    return (
      pictures.length > 0 && pictures.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)
    );
  });
}

async function take(page: Page, name: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  const png = await page.screenshot({ animations: 'disabled' });
  const picture = await sharp(png).webp({ quality: 82 }).toBuffer();
  expect(picture.length).toBeLessThan(mostBytes);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.webp`), picture);
}
