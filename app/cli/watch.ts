import type { Connection } from '../contract/models/connection.ts';
import { connectionOfLane } from '../engine/connections.ts';
import { messageFor } from '../contract/messages/en.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { Follower } from './describe-follow.ts';
import { storedCredentials } from './find-connection.ts';
import { withEngine } from './engine-session.ts';
import type { ExitStatus } from './exit-status.ts';
import { toLine } from './printable.ts';
import { watchText } from './text.ts';

/** `cutline watch`: follows the folders, by the standing rule of each, until Ctrl-C. */
export async function watch(context: CommandContext, options: { wait?: true }): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  // Rules name stored connections; their keys come from the environment.
  const credentialOf = storedCredentials(context);
  await withEngine(
    context,
    { wait: options.wait === true, endsBySignal: true, credentialOf },
    async (engine) => {
      const { roots, connections } = await engine.call('library.status', {});
      if (roots.length === 0) terminal.note(watchText.noFolders);
      const ruled = new Set(
        roots.flatMap(({ rule }) =>
          rule.kind === 'describe'
            ? [rule.connectionId, ...(rule.fallback ? [rule.fallback.connectionId] : [])]
            : [],
        ),
      );
      for (const { path, rule } of roots) {
        const connection =
          rule.kind === 'describe' ? connections.find(({ id }) => id === rule.connectionId) : undefined;
        terminal.note(
          watchText.folder(toLine(path), connection === undefined ? undefined : toLine(connection.name)),
        );
      }
      const tellPause = async (id: Connection['id']): Promise<void> => {
        const { connections: now } = await engine.call('library.status', {});
        const changed = now.find((connection) => connection.id === id);
        if (changed !== undefined && changed.error !== null) {
          terminal.note(`${toLine(changed.name)}: ${toLine(messageFor(changed.error))}`);
        }
      };
      engine.events.on('connection.changed', ({ connectionId }) => void tellPause(connectionId));
      engine.events.on('root.unwatched', ({ error }) => {
        terminal.note(toLine(messageFor(error)));
      });
      const follower = new Follower(context, engine);
      // Connections that no rule names spend nothing here (DESIGN §1).
      engine.start((lane) => {
        const connectionId = connectionOfLane(lane);
        return connectionId === undefined || ruled.has(connectionId);
      });
      terminal.note(watchText.ready);
      try {
        await engine.watch(interrupts.signal);
      } finally {
        follower.stop();
      }
    },
  );
  terminal.note(watchText.stopped);
  return interruptedStatus(context);
}
