import type { Output } from '../contract/procedures.ts';
import { formatCount, plural } from './format.ts';

type Batch = NonNullable<Output<'run.get'>['batch']>;

/** What a run waits for that goes as batches, in one sentence. */
export function batchSentence(batch: Batch, nowMs: number): string {
  const photos = plural(batch.photos, 'photo');
  switch (batch.state) {
    case 'preparing':
      return `${photos} made ready for the service.`;
    case 'sending':
      return `${photos} on their way to the service.`;
    case 'fetching':
      return `The service is done; its answers to ${photos} are taken in.`;
    case 'canceling':
      return 'The service is asked to stop. What it has done by then is kept, and paid.';
    case 'at-service':
      return [
        batch.sinceMs === null
          ? 'with the service'
          : `with the service since ${formatWhen(batch.sinceMs, nowMs)}`,
        `${batch.done === null ? '' : `${formatCount(batch.done)} of `}${photos}${batch.done === null ? '' : ' done'}`,
        ...(batch.latestMs === null ? [] : [`at the latest ${formatWhen(batch.latestMs, nowMs)}`]),
      ].join(', ');
  }
}

const dayMs = 24 * 60 * 60 * 1000;

/** `21:40`, `tomorrow 21:40`, `3 May 21:40`: the machine's local time. */
export function formatWhen(ms: number, nowMs: number): string {
  // Made here: only what tells of a batch waits for them.
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
  const time = clock.format(ms);
  const near = [
    ['', nowMs],
    ['tomorrow ', nowMs + dayMs],
    ['yesterday ', nowMs - dayMs],
  ] as const;
  const found = near.find(([, moment]) => day.format(moment) === day.format(ms));
  return found === undefined ? `${day.format(ms)} ${time}` : `${found[0]}${time}`;
}
