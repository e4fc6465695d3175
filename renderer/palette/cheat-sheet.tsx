import { useMemo } from 'react';
import type { Command, CommandGroup } from '../commands/command.ts';
import { useAllCommands } from '../commands/registry.ts';
import { Dialog } from '../design/components/dialog.tsx';
import { Kbd } from '../design/components/kbd.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { hideOverlay, useOverlay } from './open-overlay.ts';
import './cheat-sheet.css';

/** Every key that does something where a person is now. */
export function CheatSheet() {
  const texts = useTexts();
  const isShown = useOverlay(({ shown }) => shown === 'cheat-sheet');
  const commands = useAllCommands();
  const groups = useMemo(() => groupsOf(commands), [commands]);
  return (
    <Dialog isOpen={isShown} onClose={hideOverlay} title={texts.palette.cheatSheet} size="large">
      <div className="cheat-sheet">
        {groups.map(([group, members]) => (
          <section key={group} className="cheat-sheet-group">
            <h3 className="cheat-sheet-heading">{texts.commands.groups[group]}</h3>
            <dl>
              {members.map((command) => (
                <div key={command.id} className="cheat-sheet-line">
                  <dt>{command.title(texts)}</dt>
                  <dd>
                    {command.keys?.map((keys, index) => (
                      <span key={keys}>
                        {index > 0 && <span className="cheat-sheet-or">{texts.palette.or}</span>}
                        <Kbd keys={keys} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** Those that have keys, in the order in which they were registered. */
function groupsOf(commands: readonly Command[]): [CommandGroup, Command[]][] {
  const withKeys = commands.filter(({ keys }) => keys !== undefined && keys.length > 0);
  return [...Map.groupBy(withKeys, ({ group }) => group)];
}
