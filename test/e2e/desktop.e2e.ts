import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { expect, test } from './app.ts';
import { drawPhotos } from './photos.ts';

/** What only the desktop application has. */
test.beforeEach(({ host }) => {
  test.skip(host !== 'electron', 'The desktop alone has this.');
});

test.describe('the desktop', () => {
  test('guards its page, and its page against others', async ({ app, page }) => {
    const desktop = app.electron;
    if (desktop === undefined) throw new Error('This is no desktop.');
    await expect(page.getByRole('main')).toBeVisible();

    await test.step('has the commands of the palette in its menu bar', async () => {
      await app.call('library.status', {});
      await expect
        .poll(() =>
          app.electron?.evaluate(
            ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('theme.dark')?.label,
          ),
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

    await test.step('opens no window and no foreign page, and a link only where it is known', async () => {
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

    await test.step('gives its page no permission but the clipboard and the whole screen', async () => {
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
      // The real one does not tell.
      if (given === undefined) return;
      expect(given).toEqual({ asked: ['clipboard-sanitized-write', 'fullscreen'], device: false });
    });

    await test.step('keeps Node away from every window, and every window in its sandbox', async () => {
      const preferences = await desktop.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => {
          // The stand-in keeps what it was given; the real one tells what holds.
          const given = (window as unknown as { options?: { webPreferences: object } }).options
            ?.webPreferences;
          const held = window.webContents as unknown as { getLastWebPreferences?: () => object };
          return given ?? held.getLastWebPreferences?.() ?? {};
        }),
      );
      expect(preferences).toEqual([
        expect.objectContaining({
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          navigateOnDragDrop: false,
        }),
      ]);
      for (const open of preferences) {
        expect(open).not.toMatchObject({ webSecurity: false });
        expect(open).not.toMatchObject({ nodeIntegrationInWorker: true });
        expect(open).not.toMatchObject({ allowRunningInsecureContent: true });
      }
    });

    await test.step('follows no redirect to a foreign page, and attaches no other page to its own', async () => {
      const prevented = await desktop.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        const isPrevented = (name: string, url: string): boolean => {
          let was = false;
          const event = { url, preventDefault: () => (was = true) };
          contents?.emit(name, event);
          return was;
        };
        return {
          foreign: isPrevented('will-redirect', 'https://evil.example/'),
          file: isPrevented('will-redirect', 'file:///etc/passwd'),
          likeOurs: isPrevented('will-redirect', 'app://cutline.evil.example/'),
          inFrame: isPrevented('will-frame-navigate', 'https://evil.example/'),
          own: isPrevented('will-redirect', 'app://cutline/index.html'),
          webview: isPrevented('will-attach-webview', ''),
        };
      });
      expect(prevented).toEqual({
        foreign: true,
        file: true,
        likeOurs: true,
        inFrame: true,
        own: false,
        webview: true,
      });
    });

    await test.step('hears nobody but the main frame of its own page', async () => {
      const heard = await desktop.evaluate(async ({ BrowserWindow, ipcMain, Menu }) => {
        const sender = BrowserWindow.getAllWindows()[0]?.webContents;
        type Handlers = Map<string, (event: object, what: unknown) => Promise<unknown>>;
        const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Handlers; // why: Electron keeps them so
        const frames = {
          own: sender?.mainFrame,
          // Another frame, though it shows our own address; one that is gone; the main frame of a foreign page.
          other: { url: 'app://cutline/' },
          gone: null,
          foreign: { url: 'https://evil.example/' },
        };
        const answers: Record<string, unknown> = {};
        for (const [name, senderFrame] of Object.entries(frames)) {
          const from = name === 'foreign' ? { mainFrame: senderFrame } : sender;
          const before = Menu.getApplicationMenu();
          ipcMain.emit('menu:set', { sender: from, senderFrame }, []);
          const isHeard = Menu.getApplicationMenu() !== before;
          const answer = handlers.get('asset:reveal')?.(
            { sender: from, senderFrame },
            { assetId: 4_000_000 },
          );
          const failed = await answer?.then(
            () => 'answered',
            (error: unknown) => String(error),
          );
          answers[name] = { isHeard, isRefused: failed === 'Error: refused' };
        }
        return answers;
      });
      const refused = { isHeard: false, isRefused: true };
      expect(heard).toEqual({
        own: { isHeard: true, isRefused: false },
        other: refused,
        gone: refused,
        foreign: refused,
      });
    });
  });

  test('shows photos in the file manager, keeps keys, and quits with its engine', async ({ app, page }) => {
    const onlyConnection = async (): Promise<ConnectionId> => {
      const [connection] = (await app.call('connection.list', {})).filter(({ kind }) => kind !== 'built-in');
      if (connection === undefined) throw new Error('There is no connection.');
      return connection.id;
    };
    const placeOfKey = async (): Promise<string | null> =>
      (await app.call('secret.state', { connectionId: await onlyConnection() })).from;
    await test.step('shows a photo in the file manager, by what the engine knows of it', async () => {
      await drawPhotos(app.photos, 1);
      const { rootId } = await app.call('root.add', { path: app.photos });
      await app.call('root.scan', { rootIds: [rootId] });
      const { photos } = await app.call('search.query', { query: '', limit: 1 });
      const [photo] = photos;
      await page.keyboard.press('g');
      await page.keyboard.press('l');
      await page.getByRole('gridcell').first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Show in its folder' }).click();
      const shown = (): Promise<string[] | undefined> | undefined =>
        app.electron?.evaluate(({ shell }) => (shell as unknown as { shown?: string[] }).shown);
      // The real one opens a window of the system instead of telling.
      if ((await shown()) !== undefined) await expect.poll(shown).toEqual([photo?.path]);
    });

    await test.step('keeps keys encrypted by the system, and hands them to the next engine', async () => {
      const key = 'a-key-that-nobody-may-see';
      const { id: connectionId } = await app.call('connection.save', {
        kind: 'azure-openai',
        endpoint: 'https://ann.openai.azure.com',
        deployment: 'eyes',
      });
      const { from } = await app.call('secret.set', { connectionId, key });
      expect(from).toMatch(/^system/);
      const kept = join(app.userData, 'keys.json');
      // Windows has no such modes; a folder of the person's own is what keeps others out there.
      if (process.platform !== 'win32') expect((await stat(kept)).mode & 0o777).toBe(0o600);
      expect(await readFile(kept, 'utf8')).not.toContain(key);
      await app.killEngine();
      await expect.poll(placeOfKey).toMatch(/^system/);
    });

    await test.step('says so where the system has no keyring, and what to do', async () => {
      const isStandin = await app.electron?.evaluate(({ safeStorage }) => {
        if (!('backend' in safeStorage)) return false;
        Object.assign(safeStorage, { backend: 'basic_text' });
        return true;
      });
      const isLinux = process.platform === 'linux';
      if (isStandin !== true || !isLinux) return;
      // The next engine is told.
      await app.killEngine();
      await expect.poll(placeOfKey).toBe('system-weak');
      await page.keyboard.press('Control+,');
      await page.getByRole('link', { name: 'Connections', exact: true }).click();
      await page.getByRole('button', { name: 'Change…' }).click();
      await expect(
        page.getByRole('dialog').getByText('which has no keyring and protects it only weakly'),
      ).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Check-up', exact: true }).click();
      await expect(page.getByText('set up a keyring, then give the key once more')).toBeVisible();
    });

    await test.step('forgets a key that is taken away', async () => {
      await app.call('secret.remove', { connectionId: await onlyConnection() });
      expect(JSON.parse(await readFile(join(app.userData, 'keys.json'), 'utf8'))).toEqual({});
    });

    await test.step('quits when its window is closed, and its engine with it', async () => {
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
});
