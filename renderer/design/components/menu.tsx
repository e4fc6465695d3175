import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import type { Command } from '../../commands/command.ts';
import { canRun } from '../../commands/registry.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Kbd } from './kbd.tsx';
import './menu.css';

/** Commands in groups; a line stands between groups. */
type MenuCommands = readonly (readonly Command[])[];

function Items({ groups }: { readonly groups: MenuCommands }) {
  const texts = useTexts();
  return groups
    .filter((group) => group.length > 0)
    .map((group, index) => (
      <BaseMenu.Group key={group[0]?.id}>
        {index > 0 && <BaseMenu.Separator className="menu-line" />}
        {group.map((command) => (
          <BaseMenu.Item
            key={command.id}
            className="menu-item"
            disabled={!canRun(command)}
            onClick={() => {
              command.run();
            }}
          >
            <span className="menu-mark">
              {command.icon !== undefined && <command.icon aria-hidden size="1.1em" />}
            </span>
            <span className="menu-text">{command.title(texts)}</span>
            {command.keys?.[0] !== undefined && <Kbd keys={command.keys[0]} />}
          </BaseMenu.Item>
        ))}
      </BaseMenu.Group>
    ));
}

/** A menu of commands that a button opens. */
export function Menu({
  trigger,
  groups,
  align = 'end',
}: {
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly groups: MenuCommands;
  /** Which edges of button and menu are in line. @default 'end' */
  readonly align?: 'start' | 'end';
}) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className="menu-place">
          <BaseMenu.Popup className="menu">
            <Items groups={groups} />
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

type ContextMenuProps = {
  readonly groups: MenuCommands;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** What the menu is for: everything in it opens the menu. */
  readonly children: ReactNode;
  readonly className?: string;
};

/** The menu of the second mouse button, a long touch, or the menu key. */
export function ContextMenu({ groups, onOpenChange, children, className }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <BaseContextMenu.Trigger className={className}>{children}</BaseContextMenu.Trigger>
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="menu-place">
          <BaseContextMenu.Popup className="menu">
            <Items groups={groups} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}
