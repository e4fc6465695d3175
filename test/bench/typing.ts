import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { openForWriting } from '../../app/db/open.ts';
import { completeQuery } from '../../app/search/complete.ts';
import { toLook } from '../../app/search/hamming.ts';
import { groupLooks } from '../../app/search/look-group-store.ts';
import { findSimilar } from '../../app/search/look-store.ts';
import { Looks } from '../../app/search/looks.ts';
import { searchAssets } from '../../app/search/search.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { fillDesk } from './desk-library.ts';

/** Milliseconds beside those that it may take; the ratio should be at most 1. */
export type TypingRow = { name: string; ours: number; limit: number; ratio: number; goal: number };

const rounds = 21;
/** What a person does not feel between two keys. */
const keyMs = 10;

/** What is done while somebody types or asks for look-alikes: 95 of 100 times in so many milliseconds of the processor. */
export function benchTyping(assets: number): TypingRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-bench-typing-'));
  const { db, close } = openForWriting(folder);
  try {
    fillDesk(db, assets);
    fillLooks(db, assets);
    const complete = (text: string) => within(`completing “${text}”`, () => completeQuery(db, text));
    const looks = new Looks();
    for (let id = 1; id <= 1_000_000; id += 1) looks.add(id, toLook(hashOf(id)));
    return [
      ...['k', 'ke', 'keyword 19', 'camera:', 'camera:Cam', 'place:Place 7', 'lens:', 'year:', 'is:'].map(
        complete,
      ),
      within('a million look-alikes compared', () => looks.within(toLook(hashOf(7)), 10)),
      within('look-alikes of a photo', () => findSimilar(db, 7 as AssetId, { limit: 100 })),
      within('a photo put among near-duplicates', () => {
        db.run('UPDATE asset SET perceptual_hash = ? WHERE id = 7', [
          hashOf(Math.floor(performance.now() * 1_000)),
        ]);
        groupLooks(db, 100);
      }),
      within('a page of near-duplicates', () => searchAssets(db, parseQuery('is:near-duplicate')), 5 * keyMs),
    ];
  } finally {
    close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function within(name: string, action: () => unknown, limit = keyMs): TypingRow {
  action();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = processorMs();
    action();
    times.push(processorMs() - start);
  }
  const ours = times.toSorted((one, other) => one - other)[Math.floor(rounds * 0.95)] ?? Number.NaN;
  return { name, ours, limit, ratio: ours / limit, goal: 1 };
}

/** Of this thread: what others do on this machine meanwhile does not count. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Every tenth photo has a copy that differs in one bit, all others differ as chance has it. */
function hashOf(id: number): string {
  const scene = id - (id % 10 === 1 ? 1 : 0);
  const mixed = (BigInt(scene) * 0x9e37_79b9_7f4a_7c15n + 0x1234_5678n) ^ (BigInt(scene) << 29n);
  return ((mixed ^ (id % 10 === 1 ? 8n : 0n)) & 0xffff_ffff_ffff_ffffn).toString(16).padStart(16, '0');
}

function fillLooks(db: Database, assets: number): void {
  db.transact(() => {
    for (let id = 1; id <= assets; id += 1) {
      db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [hashOf(id), id]);
    }
  });
  while (db.transact(() => groupLooks(db, 1_000)) > 0);
}
