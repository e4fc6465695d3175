/**
 * @file The process that watches roots (`watch.ts` starts it). It only says which directories are dirty, and ends with the
 * engine that started it.
 */

import type { RootId } from '../contract/ids.ts';
import type { WatchCommand, WatchReport } from './watch-messages.ts';
import { RootWatch } from './watch-root.ts';

const watches = new Map<RootId, RootWatch>();

function report(message: WatchReport): void {
  process.send?.(message);
}

function start(rootId: RootId, path: string): void {
  stop(rootId);
  const watch = new RootWatch(path, {
    onReady: () => {
      report({ kind: 'ready', rootId });
    },
    onDirty: (directories) => {
      report({ kind: 'dirty', rootId, directories });
    },
    onLost: (code) => {
      if (watches.get(rootId) !== watch) return;
      stop(rootId);
      report({ kind: 'lost', rootId, code });
    },
  });
  watches.set(rootId, watch);
}

function stop(rootId: RootId): void {
  const watch = watches.get(rootId);
  watches.delete(rootId);
  void watch?.close();
}

process.on('message', (message) => {
  const command = message as WatchCommand; // why: only our own engine is at the other end
  if (command.kind === 'watch') start(command.rootId, command.path);
  else stop(command.rootId);
});

process.on('disconnect', () => {
  process.exit();
});
