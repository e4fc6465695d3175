import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makePsd } from '../helpers/camera-files.ts';
import { readLedger, useBench, writeOld } from '../helpers/engine.ts';

// The decoder process inherits it.
afterEach(() => {
  delete process.env['CUTLINE_DECODER_MB'];
});

test('a decoder that grows is ended: its photo says why, and those behind it are described', async () => {
  process.env['CUTLINE_DECODER_MB'] = '260';
  const bench = await useBench();
  const fill = [200, 40, 40];
  const small = makePsd({ widthPx: 64, heightPx: 64, mode: 'rgb', fill });
  await writeOld(join(bench.photos, 'a-small.psd'), small);
  const large = makePsd({ widthPx: 8_000, heightPx: 8_000, mode: 'rgb', fill, isPacked: true });
  await writeOld(join(bench.photos, 'b-large.psd'), large);
  await writeOld(
    join(bench.photos, 'c-small.psd'),
    makePsd({ widthPx: 80, heightPx: 64, mode: 'rgb', fill }),
  );
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const run = await engine.describeRest();

  expect(run?.state).toBe('finished');
  expect(await engine.report()).toEqual({ 'b-large.psd': 'failed decoder-crashed' });
  expect(await engine.show(join(bench.photos, 'b-large.psd'))).toMatchObject({
    state: 'unreadable',
    error: { code: 'decoder-crashed', details: { memoryMb: 260 } },
  });
  expect(readLedger(bench.library).map(({ state }) => state)).toEqual(['answered', 'answered']);
});
