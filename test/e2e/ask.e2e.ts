import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { connectAzure } from './connections.ts';
import { expectAccessible, takeScreenshots } from './look.ts';

type Point = { readonly x: number; readonly y: number };

async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

test.describe('questions', { tag: '@view' }, () => {
  test.use({ launch: { photos: 3, isDescribed: true, emulator: true } });

  test('about a marked part are priced, answered, kept, and become caption and keywords', async ({
    app,
    page,
  }) => {
    await connectAzure(app);
    await page.getByRole('gridcell').first().dblclick();
    const spend = page.getByRole('contentinfo', { name: 'Status' }).getByRole('link', { name: /this month/ });
    await expect(spend).toContainText('$0.00');
    const spentBefore = (await spend.textContent()) ?? '';
    const picture = page.getByRole('img').first();
    const part = page.getByRole('group', { name: /Part of the photo/ });
    const question = page.getByRole('textbox', { name: 'Question about this photo' });

    await test.step('by keys: the question, then a part, which arrow keys move', async () => {
      await page.keyboard.press('q');
      await expect(question).toBeFocused();
      await page.getByRole('button', { name: 'Ask about a part' }).press('Enter');
      await expect(part).toBeFocused();
      const left = (await part.boundingBox())?.x ?? 0;
      await page.keyboard.press('ArrowRight');
      await expect.poll(async () => (await part.boundingBox())?.x).toBeGreaterThan(left);
      await expect(page.getByText('1 of 3')).toBeVisible();
      await page.getByRole('button', { name: 'The whole photo' }).click();
    });

    await test.step('a part is drawn, moved as a whole, and made larger by a corner and by keys', async () => {
      await page.getByRole('button', { name: 'Ask about a part' }).click();
      const whole = await picture.boundingBox();
      if (whole === null) throw new Error('There is no picture.');
      const at = (x: number, y: number): Point => ({
        x: whole.x + x * whole.width,
        y: whole.y + y * whole.height,
      });
      await drag(page, at(0.3, 0.3), at(0.6, 0.6));
      // A photo is 900 × 600 pixels.
      await expect(part).toHaveAccessibleName(/, 270 × 180 px/);
      await drag(page, at(0.45, 0.45), at(0.55, 0.35));
      await expect(part).toHaveAccessibleName(/, 270 × 180 px/);
      await drag(page, at(0.7, 0.5), at(0.8, 0.7));
      await expect(part).toHaveAccessibleName(/, 360 × 300 px/);
      // By its left edge, and back.
      await drag(page, at(0.4, 0.4), at(0.3, 0.6));
      await expect(part).toHaveAccessibleName(/, 450 × 300 px/);
      await drag(page, at(0.3, 0.5), at(0.4, 0.5));
      await expect(part).toHaveAccessibleName(/, 360 × 300 px/);
      await part.focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Shift+ArrowRight');
      await expect(part).toHaveAccessibleName(/, 369 × 300 px/);
    });

    await test.step('an answer that is stopped is kept as far as it came', async () => {
      app.emulator.faults.next({ name: 'slow-stream', delayMs: 400 });
      await question.fill('Which colours are there?');
      await page.getByRole('button', { name: /^Ask for about \$/ }).click();
      await expect(page.getByRole('region', { name: 'Answer' }).locator('.ask-text')).not.toBeEmpty();
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect(page.getByText('Stopped or cut off; this is what had come.')).toBeVisible();
    });

    await test.step('another goes on with it, and becomes the caption', async () => {
      await page.getByRole('button', { name: 'Go on asking' }).click();
      await page.getByRole('textbox', { name: 'Go on asking' }).fill('And where is the light?');
      await page.getByRole('button', { name: /^Ask for about \$/ }).click();
      await page.getByRole('button', { name: 'Use as caption' }).last().click();
      await expect(page.getByText('It is the caption now, and yours.')).toBeVisible();
      // What it cost is in the status bar at once.
      await expect(spend).not.toHaveText(spentBefore);
      await expectAccessible(page);
      await takeScreenshots(page, 'ask');
    });

    await test.step('the cut came from the pixels that were marked', async () => {
      const { threads } = await app.call('thread.list', {});
      expect(threads).toHaveLength(1);
      const { answers } = await app.call('thread.get', { id: threads[0]?.id ?? 0 });
      expect(answers.map(({ state }) => state)).toEqual(['partial', 'answered']);
      const { x, y, width, height } = answers[1]?.crop ?? { x: 0, y: 0, width: 0, height: 0 };
      expect([x, y, width, height].map((value) => Math.round(value * 100))).toEqual([39, 20, 41, 50]);
    });

    await test.step('what is a list becomes keywords', async () => {
      await page.getByRole('button', { name: 'Ask something new' }).click();
      await question.fill('Five words, with commas between.');
      await page.getByRole('button', { name: /^Ask for about \$/ }).click();
      const thread = page.getByRole('article', { name: 'Five words, with commas between.' });
      await thread.getByRole('button', { name: 'Add as keywords' }).click();
      await expect(page.getByText(/^Added to the keywords: /)).toBeVisible();
      const [first] = ((await thread.locator('.ask-text').textContent()) ?? '').split(', ');
      await page.getByRole('tab', { name: 'Details' }).click();
      await expect(
        page.getByRole('list', { name: 'Keywords' }).getByText(first ?? '', { exact: true }),
      ).toBeVisible();
    });
  });

  test('about several photos go along in one request', async ({ app, page }) => {
    await connectAzure(app);
    const bar = page.getByRole('toolbar', { name: 'Selected photos' });
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('Control+a');
    await bar.getByRole('button', { name: 'Ask' }).click();
    await expect(page.getByRole('heading', { name: 'Ask about 3 photos' })).toBeVisible();
    const question = page.getByRole('textbox', { name: 'Question about these 3 photos' });
    await question.fill('Which of them is the brightest?');
    await page.getByRole('button', { name: /^Ask for about \$/ }).click();
    await expect(page.getByRole('article', { name: 'Which of them is the brightest?' })).toContainText('3.');
    await takeScreenshots(page, 'ask-selection');
    await expectAccessible(page);
    expect(app.emulator.requests.filter(({ isStream }) => isStream)).toHaveLength(1);
    const { threads } = await app.call('thread.list', {});
    expect(threads.map(({ photos }) => photos)).toEqual([3]);
    await page.getByRole('button', { name: 'Close the questions' }).click();
    await expect(question).toBeHidden();
  });
});

test.describe('questions about more photos than a model takes', () => {
  test.use({ launch: { photos: 12, emulator: true } });

  test('are asked in parts: which photo is which is seen, and each part is answered', async ({
    app,
    page,
  }) => {
    await connectAzure(app, {
      deployment: 'gpt-4-turbo',
      apiVersion: '2024-10-21',
      modelId: 'gpt-4-turbo',
    });
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('Control+a');
    await page.getByRole('toolbar', { name: 'Selected photos' }).getByRole('button', { name: 'Ask' }).click();
    await expect(page.getByText('the question is asked in 2 parts')).toBeVisible();
    for (const name of ['Part 1', 'Part 2']) {
      const photos = page.getByRole('list', { name, exact: true }).getByRole('listitem');
      await expect(photos).toHaveCount(6);
      await expect(photos.last().getByRole('img', { name: 'Photo 6' })).toBeVisible();
    }
    await page.getByRole('textbox', { name: 'Question about these 12 photos' }).fill('Which is the darkest?');
    await page.getByRole('button', { name: /^Ask for about \$/ }).click();
    await expect(page.getByRole('article', { name: 'Which is the darkest?' })).toHaveCount(2);
    await expect(page.getByRole('article', { name: 'Which is the darkest?' }).last()).toContainText('6.');
    expect(
      app.emulator.requests.filter(({ isStream }) => isStream).map(({ pictures }) => pictures.length),
    ).toEqual([6, 6]);
    await takeScreenshots(page, 'ask-in-parts');
    await expectAccessible(page);
  });
});
