import type { Page } from '@playwright/test';

/** What is measured in a page, ours or the one beside it. */

/**
 * Of a page's frames while something happened, in milliseconds. Frames come with the screen's pulse, so that each is one pulse
 * (16.7 ms), two, or more: a quantile jumps from one to the next, and the share of those that came late says how near it is.
 */
export type Frames = {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  /** Percent of the frames that took more than one pulse. */
  readonly late: number;
};

type Browser = {
  requestAnimationFrame: (callback: (time: number) => void) => number;
  cancelAnimationFrame: (handle: number) => void;
  performance: { now: () => number; memory?: { usedJSHeapSize: number } };
  document: {
    querySelector: (selector: string) => Element | null;
    querySelectorAll: (selector: string) => Iterable<Element>;
    addEventListener: (
      name: string,
      listener: (event: { timeStamp: number }) => void,
      capture: boolean,
    ) => void;
    body: { innerHTML: string };
  };
  measuredFrames?: number[];
  measuredFrame?: number;
  measuredKeyAt?: number;
};
type Element = {
  scrollTop: number;
  scrollHeight: number;
  value?: string;
  complete?: boolean;
  naturalWidth?: number;
  textContent: string | null;
  getAttribute: (name: string) => string | null;
  getBoundingClientRect: () => { top: number; bottom: number };
};

/** A little more than a pulse of the screen. */
const pulseMs = 17;
const turns = 150;
const wheelPx = 120;
const turnMs = 8;

/** Turns the wheel as a person does who looks for something, and takes the time between frames. */
export async function scrollFrames(page: Page): Promise<Frames> {
  await page.bringToFront();
  await page.mouse.move(640, 500);
  await page.evaluate(() => {
    const browser = globalThis as unknown as Browser; // why: runs in the page
    browser.measuredFrames = [];
    let last = browser.performance.now();
    const tick = (now: number): void => {
      browser.measuredFrames?.push(now - last);
      last = now;
      browser.measuredFrame = browser.requestAnimationFrame(tick);
    };
    browser.measuredFrame = browser.requestAnimationFrame(tick);
  });
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, wheelPx);
    await page.waitForTimeout(turnMs);
  }
  const frames = await page.evaluate(() => {
    const browser = globalThis as unknown as Browser; // why: runs in the page
    browser.cancelAnimationFrame(browser.measuredFrame ?? 0);
    return browser.measuredFrames ?? [];
  });
  // The first spans the time before the wheel.
  const sorted = frames.slice(2).toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const late = (100 * sorted.filter((frame) => frame > pulseMs).length) / sorted.length;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), late };
}

/** Until every picture that is seen has been decoded. At least one is. */
export async function untilPictures(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (images) => {
      const { document } = globalThis as unknown as Browser; // why: runs in the page
      const seen = [...document.querySelectorAll(images)].filter((image) => {
        const { top, bottom } = image.getBoundingClientRect();
        return bottom > 0 && top < 800;
      });
      return seen.length > 3 && seen.every(({ complete, naturalWidth }) => complete && naturalWidth);
    },
    selector,
    { polling: 'raf' },
  );
}

/**
 * Types one letter into the search field: the time from the key to the frame that shows the first photos of what was found,
 * in milliseconds.
 */
export async function typeLetter(page: Page, letter: string): Promise<number> {
  await page.evaluate(() => {
    const browser = globalThis as unknown as Browser; // why: runs in the page
    delete browser.measuredKeyAt;
    browser.document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        browser.measuredKeyAt ??= timeStamp;
      },
      true,
    );
  });
  await page.keyboard.press(letter);
  const painted = await page.waitForFunction(
    () => {
      const browser = globalThis as unknown as Browser; // why: runs in the page
      if (browser.measuredKeyAt === undefined) return false;
      const { document } = browser;
      // Where nothing is found there is no grid.
      const shown = document.querySelector('[role="grid"]') ?? document.querySelector('.search-count');
      if (shown?.getAttribute('aria-busy') === 'true') return false;
      // In a callback of a frame, what was rendered before it is painted at its end.
      return browser.performance.now() - browser.measuredKeyAt;
    },
    undefined,
    { polling: 'raf' },
  );
  return Number(await painted.jsonValue());
}

/** Brings what scrolls in either page to a place: its upper edge, or its end. */
export async function scrollPage(page: Page, to: 'top' | 'end'): Promise<void> {
  await page.evaluate((place) => {
    const { document } = globalThis as unknown as Browser; // why: runs in the page
    const scroller = document.querySelector('[role="grid"], #scroller');
    if (scroller !== null) scroller.scrollTop = place === 'top' ? 0 : scroller.scrollHeight;
  }, to);
}

export async function heapBytes(page: Page): Promise<number> {
  return page.evaluate(() => {
    const browser = globalThis as unknown as Browser; // why: runs in the page
    return browser.performance.memory?.usedJSHeapSize ?? Number.NaN;
  });
}

/** The least that a page of photos can be: pictures at their places in a plain scroller. */
export function controlHtml(
  pictures: readonly { readonly address: string; readonly aspect: number }[],
): string {
  const [widthPx, rowPx, gapPx] = [960, 200, 4];
  let [leftPx, topPx] = [0, 0];
  const images = pictures.map(({ address, aspect }) => {
    const imagePx = Math.round(aspect * rowPx);
    if (leftPx + imagePx > widthPx) {
      leftPx = 0;
      topPx += rowPx + gapPx;
    }
    const style = `left:${String(leftPx)}px;top:${String(topPx)}px;width:${String(imagePx)}px;height:${String(rowPx)}px`;
    leftPx += imagePx + gapPx;
    return `<img loading="lazy" decoding="async" alt="" src="${address}" style="position:absolute;object-fit:cover;${style}">`;
  });
  return `<!doctype html><title>control</title><body style="margin:0"><div id="scroller" style="position:absolute;inset:0;overflow:auto">
    <div style="position:relative;height:${String(topPx + rowPx)}px">${images.join('')}</div></div>`;
}
