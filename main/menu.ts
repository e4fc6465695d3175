import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../app/contract/desktop.ts';

/**
 * The menu bar: what every application has, and between that the commands of the page, under the titles of its language.
 * The page hears its keys itself, so that they are shown here and not taken.
 */
export function menuTemplate(
  commands: readonly MenuCommand[],
  { platform, run }: { readonly platform: NodeJS.Platform; readonly run: (id: string) => void },
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const menus = new Map<string, MenuItemConstructorOptions[]>();
  for (const { id, menu, title, accelerator, isEnabled } of commands) {
    const items = menus.get(menu) ?? [];
    menus.set(menu, items);
    items.push({
      id,
      label: title,
      enabled: isEnabled,
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
      click: () => {
        run(id);
      },
    });
  }
  return [
    isMac ? { role: 'appMenu' } : { role: 'fileMenu' },
    { role: 'editMenu' },
    ...[...menus].map(([label, submenu]) => ({ label, submenu })),
    {
      role: 'window',
      submenu: [
        { role: 'minimize' },
        ...(isMac ? [{ role: 'zoom' } as const] : []),
        { role: 'togglefullscreen' },
        { type: 'separator' },
        { role: 'reload' },
        { role: 'toggleDevTools' },
        ...(isMac
          ? [{ type: 'separator' } as const, { role: 'front' } as const]
          : [{ role: 'close' } as const]),
      ],
    },
  ];
}
