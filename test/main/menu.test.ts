import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../main/menu.ts';

const commands = [
  { id: 'library.open', menu: 'Go', title: 'Library', accelerator: null, isEnabled: true },
  { id: 'sidebar.toggle', menu: 'View', title: 'Sidebar', accelerator: 'CmdOrCtrl+B', isEnabled: false },
  { id: 'palette.open', menu: 'Go', title: 'Commands', accelerator: 'CmdOrCtrl+K', isEnabled: true },
];

describe('the menu bar', () => {
  it.each(['linux', 'darwin', 'win32'] as const)(
    'has the commands of the page by menu, in their order, on %s',
    (platform) => {
      const chosen: string[] = [];
      const template = menuTemplate(commands, { platform, run: (id) => chosen.push(id) });
      const go = template.find(({ label }) => label === 'Go')?.submenu;
      if (!Array.isArray(go)) throw new Error('there is no menu Go');
      expect(go.map(({ label }) => label)).toEqual(['Library', 'Commands']);
      for (const item of go) item.click?.(undefined as never, undefined, undefined as never);
      expect(chosen).toEqual(['library.open', 'palette.open']);
      // The page hears its keys itself; twice would undo what a toggle did.
      expect(go[1]).toMatchObject({ accelerator: 'CmdOrCtrl+K', registerAccelerator: false });
      const roles = template.map(({ role }) => role);
      expect(roles).toContain('editMenu');
      expect(roles[0]).toBe(platform === 'darwin' ? 'appMenu' : 'fileMenu');
    },
  );
});
