import { notifyManager, QueryClient, type Query } from '@tanstack/react-query';
import { CallError } from '../../app/contract/client.ts';
import { events, type EventName } from '../../app/contract/events.ts';
import type { ProcedureName } from '../../app/contract/procedures.ts';
import { outdatedBy, type Outdated } from './invalidation.ts';
import { link } from './link.ts';

/** An answer's key: the procedure, then its input. */
export type AnswerKey = readonly [name: ProcedureName, input: unknown];

/** What happens in this time is asked for again once. */
const gatherMs = 250;

/** Answers stand until an event says otherwise, so nothing is asked again by time or by looking at the window. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      // A call that was on its way when the engine was lost is asked again; the link waits until it is back.
      retry: (failures, error) =>
        error instanceof CallError && error.code === 'engine-closed' && failures < 3,
      retryDelay: 300,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

// An answer is shown with the task that brings it, not after a timer.
notifyManager.setScheduler(queueMicrotask);

let pending: Outdated[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function isOutdated({ queryKey }: Query, list: readonly Outdated[]): boolean {
  const [name, input] = queryKey;
  return list.some(
    ({ procedure, when }) =>
      procedure === name &&
      (when === undefined || (typeof input === 'object' && input !== null && when({ ...input }))),
  );
}

function refresh(): void {
  timer = undefined;
  const list = pending;
  pending = [];
  void queryClient.invalidateQueries({ predicate: (query) => isOutdated(query, list) });
}

/** Marks answers as old; what is shown is asked for again a moment later, together with what else became old. */
export function markOutdated(list: readonly Outdated[]): void {
  if (list.length === 0) return;
  pending.push(...list);
  timer ??= setTimeout(refresh, gatherMs);
}

/** Keeps the answers true to the engine's events for as long as the page lives. */
export function followEvents(): void {
  const names = Object.keys(events) as EventName[]; // why: the keys of the table are its names
  for (const name of names) {
    link.on(name, (data) => {
      markOutdated(outdatedBy(name, data));
    });
  }
  link.onReconnected(() => {
    void queryClient.invalidateQueries();
  });
}
