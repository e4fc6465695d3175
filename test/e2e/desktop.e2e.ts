import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { drawPhotos } from './library.ts';

/** What only the desktop application has. */
test.beforeEach(({ host }) => {
  test.skip(host !== 'electron', 'The desktop alone has this.');
});

test.describe('the desktop', () => {
  test('has the commands of the palette in its menu bar', async ({ app, page }) => {
    await app.call('library.status', {});
    await expect
      .poll(() =>
        app.electron?.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('theme.dark')?.label),
      )
      .toBeTruthy();
    await app.electron?.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('theme.dark')?.click();
    });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect
      .poll(() => app.electron?.evaluate(({ nativeTheme }) => nativeTheme.themeSource))
      .toBe('dark');
  });

  test('shows a photo in the file manager, by what the engine knows of it', async ({ app, page }) => {
    await drawPhotos(app.photos, 1);
    const { rootId } = await app.call('root.add', { path: app.photos });
    await app.call('root.scan', { rootIds: [rootId] });
    const { photos } = await app.call('search.query', { query: '', limit: 1 });
    const [photo] = photos;
    await page.evaluate((id) => {
      type Page = { desktop: { reveal: (id: number) => Promise<void> } };
      return (globalThis as unknown as Page).desktop.reveal(id);
    }, photo?.id ?? 0);
    const shown = await app.electron?.evaluate(
      ({ shell }) => (shell as unknown as { shown?: string[] }).shown,
    );
    // The real one opens a window of the system instead of telling.
    if (shown !== undefined) expect(shown).toEqual([photo?.path]);
  });

  test('opens no window and no foreign page, and a link only where it is known', async ({ app, page }) => {
    await app.electron?.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url: string) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    await page.evaluate(() => {
      type Page = { open: (url: string) => unknown; location: { href: string } };
      const { open, location } = globalThis as unknown as Page;
      open('https://evil.example/');
      open('file:///etc/passwd');
      open('https://github.com@evil.example/');
      open('https://github.com/cutline');
      location.href = 'https://evil.example/';
    });
    await expect
      .poll(() => app.electron?.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
      .toEqual(['https://github.com/cutline']);
    expect(app.electron?.windows()).toHaveLength(1);
    await expect(page.getByRole('main')).toBeVisible();
  });

  test('gives its page no permission but the clipboard and the whole screen', async ({ app, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    const given = await app.electron?.evaluate(({ session }) => {
      // The stand-in keeps who decides; the real one keeps that to itself.
      const { permissions } = session as unknown as {
        permissions?: {
          request: (page: object, name: string, decide: (isGiven: boolean) => void) => void;
          check: (page: object, name: string) => boolean;
          device: (details: object) => boolean;
        };
      };
      if (permissions === undefined) return undefined;
      const names = ['geolocation', 'media', 'notifications', 'clipboard-read', 'hid', 'openExternal'];
      const asked = [...names, 'clipboard-sanitized-write', 'fullscreen'].filter((name) => {
        let isGiven = false;
        permissions.request({}, name, (decided) => {
          isGiven = decided;
        });
        return isGiven || permissions.check({}, name);
      });
      return { asked, device: permissions.device({ deviceType: 'usb' }) };
    });
    test.skip(given === undefined, 'The system does not tell.');
    expect(given).toEqual({ asked: ['clipboard-sanitized-write', 'fullscreen'], device: false });
  });

  test('keeps keys encrypted by the system, and hands them to the next engine', async ({ app }) => {
    const key = 'a-key-that-nobody-may-see';
    const { id: connectionId } = await app.call('connection.save', {
      kind: 'azure-openai',
      endpoint: 'https://ann.openai.azure.com',
      deployment: 'eyes',
    });
    const { from } = await app.call('secret.set', { connectionId, key });
    expect(from).toMatch(/^system/);
    const kept = join(app.userData, 'keys.json');
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(await readFile(kept, 'utf8')).not.toContain(key);
    await app.killEngine();
    await expect.poll(async () => (await app.call('secret.state', { connectionId })).from).toMatch(/^system/);
    await app.call('secret.remove', { connectionId });
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual({});
  });

  test('quits when its window is closed, and its engine with it', async ({ app, page }) => {
    await app.call('library.status', {});
    const ended = new Promise<number | null>((resolve) => app.electron?.process().once('exit', resolve));
    await page.close();
    expect(await ended).toBe(0);
    expect(existsSync(join(app.userData, 'window.json'))).toBe(true);
    // The library is free again: nobody holds its lock.
    const { acquireLock } = await import('../../app/db/lock.ts');
    acquireLock(join(app.library, 'library.lock')).release();
  });
});
