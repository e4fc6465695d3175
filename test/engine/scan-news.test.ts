import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { useBench, writeOld, type Shown } from '../helpers/engine.ts';

test('a scan tells that photos have changed once it is known which files belong to them', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(1);
  const path = join(bench.photos, 'photo-001.jpg');
  const shown: Promise<Shown>[] = [];
  engine.engine.events.on('asset.changed', () => {
    shown.push(engine.show(path));
  });
  await writeOld(join(bench.photos, 'photo-001.xmp'), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  await engine.scan();
  const last = (await Promise.all(shown)).at(-1);
  expect(last?.companions.map((file) => basename(file.path))).toEqual(['photo-001.xmp']);
});
