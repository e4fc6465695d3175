import type { RootId } from '../contract/ids.ts';

/** What the engine says to the watching process. */
export type WatchCommand =
  | {
      readonly kind: 'watch';
      readonly rootId: RootId;
      readonly path: string;
      /** Holds more files than chokidar has memory for. */
      readonly isLarge: boolean;
    }
  | { readonly kind: 'unwatch'; readonly rootId: RootId };

/** What the watching process says to the engine. Directories are relative to the root, with `/`; empty is the root. */
export type WatchReport =
  | { readonly kind: 'ready'; readonly rootId: RootId }
  | { readonly kind: 'dirty'; readonly rootId: RootId; readonly directories: readonly string[] | 'all' }
  /** The root is not watched any more. */
  | { readonly kind: 'lost'; readonly rootId: RootId; readonly code: string };
