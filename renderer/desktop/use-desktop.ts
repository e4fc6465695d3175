import { useEffect } from 'react';
import type { MenuCommand } from '../../app/contract/desktop.ts';
import type { Command } from '../commands/command.ts';
import { canRun, runCommand, useAllCommands } from '../commands/registry.ts';
import { desktop } from '../engine/desktop-port.ts';
import { useAppearance } from '../state/appearance.ts';
import type { Texts } from '../texts/catalogue.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

/** What the desktop application has beside the page: the menu bar, and a system that looks and speaks as it does. */
export function useDesktop(): void {
  useMenuBar();
  useLook();
}

/** The menu bar shows the commands of the palette, and gives them back by their id. */
function useMenuBar(): void {
  const texts = useTexts();
  const commands = useAllCommands();
  const menu = JSON.stringify(
    commands.filter(({ isHidden }) => isHidden !== true).map((command) => toMenu(command, texts)),
  );
  useEffect(() => {
    // Only when it has changed: the system draws it anew.
    desktop?.setMenu(JSON.parse(menu) as MenuCommand[]); // why: written four lines above
  }, [menu]);
  useEffect(() => desktop?.onCommand(runCommand), []);
}

function toMenu(command: Command, texts: Texts): MenuCommand {
  return {
    id: command.id,
    menu: texts.commands.groups[command.group],
    title: command.title(texts),
    accelerator: acceleratorOf(command.keys?.[0]),
    isEnabled: canRun(command),
  };
}

/** As Electron names keys; a menu can show no sequence of two. */
function acceleratorOf(keys: string | undefined): string | null {
  if (keys === undefined || keys.includes(' ') || !keys.startsWith('mod+')) return null;
  const [, rest = ''] = /^mod\+(.+)$/.exec(keys) ?? [];
  const key =
    rest === '+'
      ? 'Plus'
      : rest.replace(/^shift\+/, 'Shift+').replace(/[a-z]$/, (letter) => letter.toUpperCase());
  return `CmdOrCtrl+${key}`;
}

function useLook(): void {
  const { theme } = useAppearance();
  const language = useLanguage();
  useEffect(() => {
    desktop?.setLook({ theme, language });
  }, [theme, language]);
}
