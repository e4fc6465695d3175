import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { migrate } from '../../app/db/migrate.ts';
import { migrations } from '../../app/db/migrations/index.ts';
import { photoOf, useBench, writeOld } from '../helpers/engine.ts';
import { makePsd } from '../helpers/camera-files.ts';
import { hasExifTool, runExifTool } from '../metadata/samples.ts';

const canRun = await hasExifTool();

it.runIf(canRun)('a photo is described with its place', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'siena.jpg');
  await writeFile(path, await photoOf(1));
  const position = ['GPSLatitude=43.3188', 'GPSLatitudeRef=N', 'GPSLongitude=11.3308', 'GPSLongitudeRef=E'];
  await runExifTool([...position.map((tag) => `-EXIF:${tag}`), path]);
  await writeOld(join(bench.photos, 'nowhere.jpg'), await photoOf(2));
  const engine = await bench.open();
  await engine.scan(bench.photos);
  // ExifTool's own lane is not worked on here: describing asks it.
  await engine.describe();
  const shown = await engine.show(path);
  expect(shown.metadata.place).toMatchObject({ city: 'Siena', region: 'Tuscany', country: 'Italy' });
  const [sent] = await engine.engine.call('asset.sent', { id: shown.id });
  expect(sent?.text).toContain('"place":"Siena, Tuscany, Italy"');
  expect((await engine.engine.call('search.query', { query: 'place:tuscany' })).total).toBe(1);
});

it.runIf(canRun)(
  'a photo of a format that the quick pass cannot read is described with its date and place',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'siena.psd');
    await writeFile(path, makePsd({ widthPx: 400, heightPx: 300, mode: 'rgb', fill: [200, 120, 40] }));
    await runExifTool([
      ...['GPSLatitude=43.3188', 'GPSLatitudeRef=N', 'GPSLongitude=11.3308', 'GPSLongitudeRef=E'].map(
        (tag) => `-EXIF:${tag}`,
      ),
      '-EXIF:DateTimeOriginal=2019:07:14 10:00:00',
      path,
    ]);
    const engine = await bench.open();
    await engine.scan(bench.photos);
    await engine.describe();
    const { id } = await engine.show(path);
    const [sent] = await engine.engine.call('asset.sent', { id });
    expect(sent?.text).toContain('"place":"Siena, Tuscany, Italy"');
    expect(sent?.text).toContain('2019');
  },
);

it('a library of before places has its photos with a position read again, and nothing described again', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    migrations.filter(({ version }) => version < 70),
  );
  db.exec(`INSERT INTO asset (id, state, latitude, longitude, facts_by, sort_ms, created_at_ms)
    VALUES (1, 'ready', 43.3, 11.3, 'exiftool', 1, 1), (2, 'ready', NULL, NULL, 'exiftool', 1, 1)`);
  migrate(db, migrations);
  expect(db.all('SELECT kind, payload FROM job')).toEqual([
    { kind: 'thorough-facts', payload: '{"assetId":1}' },
  ]);
  expect(db.pluck('SELECT facts_by FROM asset ORDER BY id')).toEqual(['head', 'exiftool']);
  db.close();
});
