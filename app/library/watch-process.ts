/**
 * @file The process that watches roots (`watch.ts` starts it). It only says which directories are dirty, and ends with the
 * engine that started it.
 */

import type { RootId } from '../contract/ids.ts';
import type { WatchCommand, WatchReport } from './watch-messages.ts';
import { DirectoriesWatch } from './watch-directories.ts';
import { ChokidarWatch, type RootWatch, type RootWatchEvents } from './watch-root.ts';

const watches = new Map<RootId, RootWatch>();

function report(message: WatchReport): void {
  process.send?.(message);
}

function start(rootId: RootId, path: string, isLarge: boolean): void {
  stop(rootId);
  const events: RootWatchEvents = {
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
  };
  // Elsewhere the system watches whole trees, and chokidar lets it.
  const isByDirectory = isLarge && process.platform === 'linux';
  const watch = isByDirectory ? new DirectoriesWatch(path, events) : new ChokidarWatch(path, events);
  watches.set(rootId, watch);
}

function stop(rootId: RootId): void {
  const watch = watches.get(rootId);
  watches.delete(rootId);
  void watch?.close();
}

process.on('message', (message) => {
  const command = message as WatchCommand; // why: only our own engine is at the other end
  if (command.kind === 'watch') start(command.rootId, command.path, command.isLarge);
  else stop(command.rootId);
});

process.on('disconnect', () => {
  process.exit();
});
