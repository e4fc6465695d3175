import type { Page } from '@playwright/test';
import sharp from 'sharp';

/** The colour that is there most, of what is seen at a place of the page. */
export async function colorIn(page: Page, selector: string): Promise<'red' | 'green' | 'blue'> {
  const { channels } = await sharp(await page.locator(selector).first().screenshot()).stats();
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
  return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
}

/**
 * What the page's player does from now on: `play`, and `at 3` for each time, in seconds, that it is brought to. Told
 * afterwards, since a film goes on while a test looks. To be begun again after a reload.
 */
export async function watchPlayer(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(`
    globalThis.playerDid = [];
    const note = (event, what) => { if (event.target.matches?.('video')) globalThis.playerDid.push(what); };
    document.addEventListener('play', (event) => note(event, 'play'), true);
    document.addEventListener('seeking', (event) => note(event, 'at ' + event.target.currentTime), true);
  `);
  return () => page.evaluate<readonly string[]>('globalThis.playerDid');
}

/** In seconds; -1 while no video is shown. */
export function playedTo(page: Page): Promise<number> {
  return page.evaluate<number>("document.querySelector('video')?.currentTime ?? -1");
}

/** Whether it has enough to begin: before that, its keys do nothing. */
export function canPlay(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("(document.querySelector('video')?.readyState ?? 0) >= 3");
}

export async function pausePlayer(page: Page): Promise<void> {
  await page.evaluate("document.querySelector('video').pause()");
}
