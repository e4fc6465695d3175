import type { CallError } from '../../app/contract/client.ts';
import { useCallOf } from '../engine/hooks.ts';

export type AddFolders = {
  /** Each is read at once. One that cannot be added keeps none of the others out. */
  readonly add: (paths: readonly string[]) => Promise<void>;
  readonly isAdding: boolean;
  /** Of the last that could not be added or read. */
  readonly error: CallError | null;
};

/** Takes folders into the library. */
export function useAddFolders(): AddFolders {
  const add = useCallOf('root.add');
  const scan = useCallOf('root.scan');
  return {
    add: async (paths) => {
      for (const path of paths) {
        const added = await add.call({ path });
        if (added !== undefined) void scan.call({ rootIds: [added.rootId] });
      }
    },
    isAdding: add.isCalling || scan.isCalling,
    error: add.error ?? scan.error,
  };
}
