import { keepPreviousData, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { CallError } from '../../app/contract/client.ts';
import type { LinkState } from '../../app/contract/engine-link.ts';
import type { EventName, Events } from '../../app/contract/events.ts';
import type { Arguments, Output, Part, ProcedureName } from '../../app/contract/procedures.ts';
import { link } from './link.ts';

/** What went wrong, always with a code that has a sentence. A mistake of our own is `internal`. */
export function toCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('internal', { reason: error instanceof Error ? error.message : String(error) });
}

type QueryOptions = {
  /** Asks only when true. @default true */
  readonly enabled?: boolean;
  /** Shows the answer to the earlier input until the new one is there: for what is typed. @default false */
  readonly keepsPrevious?: boolean;
};

/**
 * The answer of a procedure that changes nothing. Kept by procedure and input, asked again when an event says that it is old
 * (`invalidation.ts`), waits while the engine starts or comes back.
 */
export function useQueryOf<Name extends ProcedureName>(
  name: Name,
  input: Arguments<Name>,
  { enabled = true, keepsPrevious = false }: QueryOptions = {},
): UseQueryResult<Output<Name>, CallError> {
  return useQuery<Output<Name>, CallError>({
    queryKey: [name, input],
    queryFn: ({ signal }) => link.call(name, input, { signal }),
    enabled,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** What a call is doing, and how to make it. */
export type CallOf<Name extends ProcedureName> = {
  /** Never rejects: `undefined` when it failed, and then `error` says why. */
  readonly call: (input: Arguments<Name>) => Promise<Output<Name> | undefined>;
  readonly isCalling: boolean;
  readonly error: CallError | null;
  readonly forgetError: () => void;
};

/** A procedure that changes something, called when a person does something. What it changed comes as events. */
export function useCallOf<Name extends ProcedureName>(name: Name): CallOf<Name> {
  const { mutateAsync, isPending, error, reset } = useMutation<Output<Name>, CallError, Arguments<Name>>({
    mutationFn: (input) => link.call(name, input),
  });
  const call = useCallback(
    async (input: Arguments<Name>) => {
      try {
        return await mutateAsync(input);
      } catch {
        // The error is kept by the mutation and shown from there.
        return undefined;
      }
    },
    [mutateAsync],
  );
  return { call, isCalling: isPending, error, forgetError: reset };
}

export type StreamOf<Name extends ProcedureName> = {
  readonly parts: readonly Part<Name>[];
  readonly output: Output<Name> | undefined;
  readonly error: CallError | null;
  readonly isStreaming: boolean;
  /**
   * Begins anew; one that still goes on is stopped first. Of several, each begins when the one before it has ended well: parts
   * are those of the one that goes on, the output that of the last.
   */
  readonly start: (...inputs: readonly Arguments<Name>[]) => void;
  /** Takes the wish back; what came stays. */
  readonly stop: () => void;
};

type StreamState<Name extends ProcedureName> = Pick<
  StreamOf<Name>,
  'parts' | 'output' | 'error' | 'isStreaming'
>;

/** A procedure that tells parts before its output, such as an answer that is being written. Stops when it is no more shown. */
export function useStream<Name extends ProcedureName>(name: Name): StreamOf<Name> {
  const idle: StreamState<Name> = { parts: [], output: undefined, error: null, isStreaming: false };
  const [state, setState] = useState(idle);
  const controller = useRef<AbortController>(undefined);
  const stop = useCallback(() => {
    controller.current?.abort();
  }, []);
  const start = useCallback(
    (...inputs: readonly Arguments<Name>[]) => {
      controller.current?.abort();
      const mine = new AbortController();
      controller.current = mine;
      const update = (change: (old: StreamState<Name>) => Partial<StreamState<Name>>): void => {
        if (controller.current === mine) setState((old) => ({ ...old, ...change(old) }));
      };
      setState({ parts: [], output: undefined, error: null, isStreaming: true });
      const run = async (): Promise<void> => {
        try {
          let output: Output<Name> | undefined;
          for (const input of inputs) {
            if (mine.signal.aborted) break;
            update(() => ({ parts: [] }));
            output = await link.call(name, input, {
              signal: mine.signal,
              onPart: (part) => {
                update(({ parts }) => ({ parts: [...parts, part] }));
              },
            });
          }
          update(() => ({ output, isStreaming: false }));
        } catch (error) {
          update(() => ({ error: mine.signal.aborted ? null : toCallError(error), isStreaming: false }));
        }
      };
      void run();
    },
    [name],
  );
  useEffect(() => stop, [stop]);
  return { ...state, start, stop };
}

/** Hears an event of the engine while the component is shown. */
export function useEngineEvent<Name extends EventName>(
  name: Name,
  listener: (data: Events[Name]) => void,
): void {
  const hear = useEffectEvent(listener);
  useEffect(
    () =>
      link.on(name, (data) => {
        hear(data);
      }),
    [name],
  );
}

export function useLinkState(): LinkState {
  return useSyncExternalStore(
    (listener) => link.onState(listener),
    () => link.state,
  );
}
