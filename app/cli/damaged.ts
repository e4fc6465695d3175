import type { Engine } from '../engine.ts';
import type { Reader } from '../engine/reader.ts';
import type { CommandContext } from './context.ts';
import { describeText } from './text.ts';

/** Damaged photos of which a part can be read: never sent unless somebody says so. */

/** `--damaged`: those that are asked for are described from now on like all others. */
export async function acceptDamaged(
  { terminal }: CommandContext,
  engine: Engine,
  query: string | undefined,
  folders: readonly string[],
): Promise<void> {
  const { photos } = await engine.call('asset.acceptDamage', {
    photos: { query: damagedQuery(query, folders) },
  });
  if (photos > 0) terminal.note(describeText.accepted(photos));
}

export async function sayDamaged(
  { terminal }: CommandContext,
  reader: Reader,
  query: string | undefined,
  folders: readonly string[] | undefined,
): Promise<void> {
  const { total } = await reader.call('search.query', { query: damagedQuery(query, folders), limit: 1 });
  if (total > 0) terminal.print(describeText.damaged(total));
}

function damagedQuery(query: string | undefined, folders: readonly string[] = []): string {
  const within = folders.map((folder) => `in:"${folder}"`).join(' OR ');
  return ['is:damaged is:problem', within && `(${within})`, query && `(${query})`].filter(Boolean).join(' ');
}
