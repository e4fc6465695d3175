import { describe, expect, it } from 'vitest';
import type { AssetId, RootId, RunId } from '../../app/contract/ids.ts';
import { EventStream } from '../../app/host/event-stream.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

const asset = (id: number): AssetId => id as AssetId;

function useStream(): { clock: FakeClock; stream: EventStream; told: [string, unknown][] } {
  const clock = new FakeClock();
  const told: [string, unknown][] = [];
  const stream = new EventStream(clock, (name, data) => told.push([name, data]));
  return { clock, stream, told };
}

describe('events on their way to a page', () => {
  it('are told at once after a quiet moment, and together while much happens', async () => {
    const { clock, stream, told } = useStream();
    stream.push('asset.changed', { assetIds: [asset(1)] });
    await clock.advance(0);
    expect(told).toEqual([['asset.changed', { assetIds: [1] }]]);
    for (let id = 2; id <= 40; id++) {
      stream.push('asset.changed', { assetIds: [asset(id), asset(2)] });
      await clock.advance(1);
    }
    expect(told).toHaveLength(1);
    await clock.advance(100);
    const [, second] = told;
    expect(second).toEqual([
      'asset.changed',
      { assetIds: Array.from({ length: 39 }, (_, index) => index + 2) },
    ]);
    expect(told).toHaveLength(2);
  });

  it('tell the newest of each thing only', async () => {
    const { clock, stream, told } = useStream();
    const [one, two] = [1 as RootId, 2 as RootId];
    for (const [rootId, files] of [
      [one, 10],
      [two, 5],
      [one, 20],
    ] as const) {
      stream.push('root.scanning', { rootId, files });
    }
    await clock.advance(100);
    expect(told.map(([, data]) => data)).toEqual([
      { rootId: two, files: 5 },
      { rootId: one, files: 20 },
    ]);
  });

  it('name no ids when they are too many, and say that by an empty list', async () => {
    const { clock, stream, told } = useStream();
    for (let id = 1; id <= 5_000; id++) stream.push('asset.changed', { assetIds: [asset(id)] });
    stream.push('asset.changed', { assetIds: [asset(1)] });
    await clock.advance(100);
    expect(told).toEqual([['asset.changed', { assetIds: [] }]]);
  });

  it('are bounded in number however many photos end in one moment', async () => {
    const { clock, stream, told } = useStream();
    for (let id = 1; id <= 5_000; id++) {
      stream.push('asset.described', { assetId: asset(id), runId: 1 as RunId, failed: null, skipped: null });
    }
    await clock.advance(100);
    expect(told.length).toBeLessThan(500);
    expect(told.at(-1)?.[1]).toMatchObject({ assetId: 5_000 });
  });

  it('that say why the engine stops are never merged away', async () => {
    const { clock, stream, told } = useStream();
    stream.push('engine.failed', { error: { code: 'disk-full', details: {} } });
    stream.push('root.unwatched', { error: { code: 'watch-limit', details: { path: '/a' } } });
    stream.push('root.unwatched', { error: { code: 'watch-limit', details: { path: '/b' } } });
    await clock.advance(100);
    expect(told).toHaveLength(3);
  });
});
