import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Arguments, Output } from '../../app/contract/procedures.ts';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';

type SetUp = {
  readonly connectionId: ConnectionId | undefined;
  readonly result: Output<'connection.test'> | undefined;
  readonly error: ReturnType<typeof useCallOf<'connection.save'>>['error'];
  readonly isTrying: boolean;
  /** What was tried is no longer what is entered. */
  readonly forget: () => void;
  /** Saves it, gives it its key, then tests it. */
  readonly run: (settings: Arguments<'connection.save'>, key: string) => Promise<void>;
  /** A person wants it, whether it works or not; gives it back. */
  readonly keep: (connectionId: ConnectionId) => ConnectionId;
};

/**
 * Sets up a connection by trying it. One that was only tried, such as one with a name that was mistyped, is taken out again
 * when another takes its place or the dialog is left; those that were there before stay.
 */
export function useSetUp(): SetUp {
  const save = useCallOf('connection.save');
  const setKey = useCallOf('secret.set');
  const test = useCallOf('connection.test');
  const { call: remove } = useCallOf('connection.remove');
  const { data: connections } = useQueryOf('connection.list', {});
  const [connectionId, setConnectionId] = useState<ConnectionId>();
  const [result, setResult] = useState<Output<'connection.test'>>();
  /** Saved here, and wanted by nobody yet. */
  const tried = useRef<ConnectionId>(undefined);
  const dropTried = useCallback(
    (next?: ConnectionId) => {
      const last = tried.current;
      tried.current = undefined;
      if (last !== undefined && last !== next) void remove({ connectionId: last });
    },
    [remove],
  );
  useEffect(
    () => () => {
      dropTried();
    },
    [dropTried],
  );
  return {
    connectionId,
    result,
    error: save.error ?? setKey.error ?? test.error,
    isTrying: save.isCalling || setKey.isCalling || test.isCalling,
    forget: () => {
      setResult(undefined);
      setConnectionId(undefined);
    },
    run: async (settings, key) => {
      setResult(undefined);
      const known = new Set(connections?.map(({ id }) => id));
      const last = tried.current;
      const saved = await save.call(settings);
      if (saved === undefined) return;
      dropTried(saved.id);
      if (!known.has(saved.id) || saved.id === last) tried.current = saved.id;
      setConnectionId(saved.id);
      if (key.trim() !== '') {
        const kept = await setKey.call({ connectionId: saved.id, key });
        if (kept === undefined) return;
      }
      setResult(await test.call({ connectionId: saved.id }));
    },
    keep: (id) => {
      tried.current = undefined;
      return id;
    },
  };
}
