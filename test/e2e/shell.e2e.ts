import { expect, test } from './app.ts';

test.describe('the window', () => {
  test.use({ launch: { photos: 3 } });

  test('is the app under its policy, shows pictures, and outlives its engine', async ({ app, page }) => {
    await test.step('is the app, under its policy, and reaches its engine', async () => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.reload();
      await expect(page).toHaveTitle(/Cutline/);
      const status = await app.call('library.status', {});
      expect(status.photos).toBe(3);
      await expect(page.getByRole('main')).toBeVisible();
      expect(errors).toEqual([]);
      // Code that somebody brings into the page does not run.
      const violation = await page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            type Page = {
              document: {
                addEventListener: (
                  name: string,
                  listener: (event: { violatedDirective: string }) => void,
                ) => void;
                createElement: (name: string) => { textContent: string };
                head: { append: (element: object) => void };
              };
            };
            const { document } = globalThis as unknown as Page;
            document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
              resolve(violatedDirective);
            });
            const script = document.createElement('script');
            script.textContent = 'globalThis.wasRun = true';
            document.head.append(script);
          }),
      );
      expect(violation).toContain('script-src');
      expect(await page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
    });

    await test.step('shows a picture that the engine made', async () => {
      await expect
        .poll(async () => {
          const { photos } = await app.call('search.query', { query: '', limit: 1 });
          return page.evaluate(
            (id) =>
              new Promise<number>((resolve) => {
                type Image = {
                  src: string;
                  naturalWidth: number;
                  addEventListener: (name: 'load' | 'error', listener: () => void) => void;
                };
                const image = new (globalThis as unknown as { Image: new () => Image }).Image();
                for (const end of ['load', 'error'] as const) {
                  image.addEventListener(end, () => {
                    resolve(image.naturalWidth);
                  });
                }
                image.src = `photo/thumbnail/${String(id)}`;
              }),
            photos[0]?.id ?? 0,
          );
        })
        .toBeGreaterThan(100);
    });

    await test.step('stays when the engine is killed, and is served by the next one', async () => {
      await app.call('library.status', {});
      await app.killEngine();
      expect((await app.call('library.status', {})).photos).toBe(3);
      await expect(page.getByRole('main')).toBeVisible();
    });
  });
});
