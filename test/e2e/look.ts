import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../out/screenshots');

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 720, height: 900 } } as const;
const schemes = ['light', 'dark'] as const;

/** Both hosts show the same page: it is looked at in a browser, once. */
const isLookedAt = (page: Page): boolean => page.url().startsWith('http://127.0.0.1:');

/** `out/screenshots/<view>-<light|dark>-<wide|narrow>.png`, to be opened and looked at. Leaves the page wide and light. */
export async function takeScreenshots(page: Page, view: string): Promise<void> {
  if (isLookedAt(page)) await takeEach(page, view);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes.wide);
}

async function takeEach(page: Page, view: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Playwright's own pictures wait for fonts and pack their bytes as small as can be: each takes several times as long.
  const chromium = await page.context().newCDPSession(page);
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settle(page);
      const { data } = await chromium.send('Page.captureScreenshot', {
        format: 'png',
        optimizeForSpeed: true,
      });
      await writeFile(join(folder, `${view}-${colorScheme}-${size}.png`), data, 'base64');
    }
  }
  await chromium.detach();
}

/** Those that a scheme of colours can break. */
const rulesOfColor = ['color-contrast', 'link-in-text-block'];

/** Nothing that axe finds wrong; in the dark, where nothing else is another, with the colours. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!isLookedAt(page)) return;
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settle(page);
    // The second time it is in the page already: half a megabyte less to be read.
    const axe = new AxeBuilder(colorScheme === 'light' ? { page } : { page, axeSource: ';' }).setLegacyMode();
    if (colorScheme === 'dark') axe.withRules(rulesOfColor);
    // A menu that is open stands outside of all landmarks, as the pattern of a menu has it.
    if ((await page.getByRole('menu').count()) > 0) axe.disableRules(['region']);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target }) => target.join(' ')),
    }));
    expect(found).toEqual([]);
  }
}

/** Laid out anew and painted; and what fades in or out is half seen, and axe takes its colours for too faint. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))))',
  );
  await page.evaluate(async () => {
    type Animation = { readonly finished: Promise<unknown>; readonly playState: string };
    const { document } = globalThis as unknown as {
      document: { getAnimations: () => readonly Animation[] };
    };
    const running = document.getAnimations().filter(({ playState }) => playState === 'running');
    // One that is canceled is over as well.
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
}
