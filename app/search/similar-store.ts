import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { findSimilar } from './look-store.ts';
import type { ChoiceNode, IdsNode, Query, QueryNode } from './query.ts';

/** So many photos that look alike are one subject, not a search. */
const mostSimilar = 1_000;

/** Says which photos each `similar:` means: a photo by its number or by the end of its path, and all that look like it. */
export function resolveSimilar<Some extends Pick<Query, 'node'>>(db: ReadDb, query: Some): Some {
  if (query.node === null) return query;
  const node = resolve(db, query.node);
  return node === query.node ? query : { ...query, node };
}

function resolve(db: ReadDb, node: QueryNode): QueryNode {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const nodes = node.nodes.map((inner) => resolve(db, inner));
      return nodes.every((inner, index) => inner === node.nodes[index]) ? node : { ...node, nodes };
    }
    case 'not': {
      const inner = resolve(db, node.node);
      return inner === node.node ? node : { ...node, node: inner };
    }
    case 'choice':
      return node.field === 'similar' ? toIds(db, node) : node;
    default:
      return node;
  }
}

function toIds(db: ReadDb, from: ChoiceNode): IdsNode {
  const assetId = findAsset(db, from.value);
  const similar = assetId === undefined ? [] : findSimilar(db, assetId, { limit: mostSimilar });
  const ids = similar.map((asset) => asset.assetId);
  return { kind: 'ids', from, range: from.range, ids: assetId === undefined ? [] : [assetId, ...ids] };
}

function findAsset(db: ReadDb, value: string): AssetId | undefined {
  const id = /^#?(\d{1,9})$/.exec(value)?.[1];
  if (id !== undefined) {
    const [found] = db.pluck<AssetId>('SELECT id FROM asset WHERE id = ?', [Number(id)]);
    if (found !== undefined) return found;
  }
  const path = value.replaceAll('\\', '/');
  const [found] = db.pluck<AssetId>(
    `SELECT asset_id FROM file JOIN root ON root.id = file.root_id
     WHERE file.asset_id IS NOT NULL AND file.role = 'original' AND (file.relative_path IN (@path, @composed)
       OR '/' || replace(root.path, '\\', '/') || '/' || file.relative_path LIKE @end ESCAPE '\\')
     ORDER BY file.relative_path = @path DESC, file.state = 'present' DESC, file.id LIMIT 1`,
    {
      path,
      composed: path.normalize('NFC'),
      end: `%/${path.replace(/^\//, '').replaceAll(/[\\%_]/g, String.raw`\$&`)}`,
    },
  );
  return found;
}
