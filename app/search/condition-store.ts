import type { Value } from '../db/connection.ts';
import { toMatch } from './match-expression.ts';
import { dateBounds } from './parse-values.ts';
import type { ChoiceField, OrderedField } from './query-fields.ts';
import { failedIdsSql } from './failure-store.ts';
import { toFolderPath } from './folder-value.ts';
import { rawFormats } from './raw-formats.ts';
import type { BetweenNode, CompareNode, LeafNode, QueryNode } from './query.ts';

/** A condition on the row `asset`. Values are parameters, in order; nothing that a person typed is in the text. */
export type Condition = { readonly sql: string; readonly values: readonly Value[] };

/** What every condition assumes: these tables reach a file of the asset that shows the photo. */
const shows = (state: string) => `SELECT 1 FROM file JOIN root ON root.id = file.root_id
  WHERE file.asset_id = asset.id AND file.role IN ('original', 'alternate') AND file.state = '${state}'`;

const isMissing = `NOT EXISTS (${shows('present')})`;

/**
 * Leaves out assets whose files are all gone. Cheap for the many that never lost one: the first look is into a nearly
 * empty index. An unplugged drive's files are not missing.
 *
 * @param assetId SQL that names the asset's id
 */
export function isPresentSql(assetId: string): string {
  return `(NOT EXISTS (SELECT 1 FROM file AS gone WHERE gone.asset_id = ${assetId} AND gone.state = 'missing')
    OR EXISTS (SELECT 1 FROM file AS kept WHERE kept.asset_id = ${assetId} AND kept.state = 'present'
      AND kept.role IN ('original', 'alternate')))`;
}

/**
 * Something of what a model said last may be wrong, and nobody has looked at it since: a review holds for the texts that are
 * shown.
 *
 * @param assetId SQL that names the asset's id
 */
export function isDoubtfulSql(assetId: string): string {
  return `(EXISTS (SELECT 1 FROM description AS said WHERE said.asset_id = ${assetId} AND said.live = 1 AND said.doubts <> '[]'
      AND said.id = (SELECT max(id) FROM description AS last WHERE last.asset_id = ${assetId} AND last.live = 1 AND last.owner = 'model'))
    AND EXISTS (SELECT 1 FROM current_description AS now WHERE now.asset_id = ${assetId} AND now.review_state = 'draft'))`;
}

/** Any part of a query as a condition. */
export function toCondition(node: QueryNode): Condition {
  const match = toMatch(node);
  if (match !== undefined) {
    const operator = match.finds === 'wanted' ? 'IN' : 'NOT IN';
    const sql = `asset.id ${operator} (SELECT rowid FROM search_text WHERE search_text MATCH ?)`;
    return { sql, values: [match.expression] };
  }
  switch (node.kind) {
    case 'and':
    case 'or': {
      const inner = node.nodes.map(toCondition);
      return {
        sql: `(${inner.map(({ sql }) => sql).join(node.kind === 'and' ? ' AND ' : ' OR ')})`,
        values: inner.flatMap(({ values }) => values),
      };
    }
    case 'not': {
      // NULL, where a fact is not known, is "no", and its negation "yes".
      const inner = toCondition(node.node);
      return { sql: `NOT coalesce(${inner.sql}, FALSE)`, values: inner.values };
    }
    default:
      return leafCondition(node);
  }
}

function leafCondition(leaf: LeafNode): Condition {
  switch (leaf.kind) {
    case 'choice':
      return choiceConditions[leaf.field](leaf.value);
    case 'compare':
    case 'between':
      return orderedCondition(leaf);
    case 'ids':
      return text('asset.id IN (SELECT value FROM json_each(?))', JSON.stringify(leaf.ids));
    case 'text':
    case 'when':
      // toCondition has sent them to the index.
      return text('FALSE');
  }
}

const text = (sql: string, ...values: Value[]): Condition => ({ sql, values });

const descriptionHas = (sql: string, ...values: Value[]) =>
  text(
    `EXISTS (SELECT 1 FROM current_description AS said WHERE said.asset_id = asset.id AND ${sql})`,
    ...values,
  );

const states: Readonly<Record<string, Condition>> = {
  described: descriptionHas('said.is_said = 1'),
  undescribed: text(
    `NOT EXISTS (SELECT 1 FROM current_description AS said WHERE said.asset_id = asset.id AND said.is_said = 1)`,
  ),
  baseline: descriptionHas('said.baseline = 1'),
  duplicate:
    text(`((SELECT count(*) FROM file WHERE file.asset_id = asset.id AND file.role = 'original' AND file.state = 'present') > 1
    OR EXISTS (SELECT 1 FROM asset AS twin WHERE twin.image_data_hash = asset.image_data_hash AND twin.id <> asset.id))`),
  'near-duplicate': text(`EXISTS (SELECT 1 FROM near_photo AS copy JOIN near_photo AS other USING (near_id)
    WHERE copy.asset_id = asset.id AND other.asset_id <> asset.id AND ${isPresentSql('other.asset_id')})`),
  burst: text(`EXISTS (SELECT 1 FROM burst_photo AS frame JOIN burst_photo AS other USING (burst_id)
    WHERE frame.asset_id = asset.id AND other.asset_id <> asset.id AND ${isPresentSql('other.asset_id')})`),
  missing: text(isMissing),
  offline: text(
    `(EXISTS (${shows('present')}) AND NOT EXISTS (${shows('present')} AND root.state = 'online'))`,
  ),
  problem: text("asset.state = 'unreadable'"),
  failed: text(`asset.id IN (${failedIdsSql})`),
  unsupported: text("asset.state = 'unsupported'"),
  excluded: text('asset.is_excluded = 1'),
  doubtful: text(isDoubtfulSql('asset.id')),
  // What cannot be read at all is a problem alone.
  damaged: text('(asset.damage > 0 AND asset.has_thumbnail = 1)'),
  video: text("asset.kind = 'video'"),
  monochrome: text("json_extract(asset.colors, '$.isMonochrome')"),
};

const owned: Readonly<Record<string, Condition>> = {
  title: descriptionHas("said.title <> ''"),
  caption: descriptionHas("said.caption <> ''"),
  alt: descriptionHas("said.alt_text <> ''"),
  keywords: text('EXISTS (SELECT 1 FROM asset_keyword WHERE asset_keyword.asset_id = asset.id)'),
  text: descriptionHas("said.recognized_text <> ''"),
  gps: text('(asset.latitude IS NOT NULL AND asset.longitude IS NOT NULL)'),
  date: text('asset.capture_local_ms IS NOT NULL'),
  rating: text('ifnull(asset.rating, 0) <> 0'),
};

/** The same limits as in what the built-in connection says: 5 % off a square is still one, 5 : 2 is a panorama. */
const shapes: Readonly<Record<string, Condition>> = {
  square: text('abs(1.0 * asset.width_px / asset.height_px - 1) <= 0.05'),
  landscape: text('1.0 * asset.width_px / asset.height_px > 1.05'),
  portrait: text('1.0 * asset.width_px / asset.height_px < 0.95'),
  panorama: text('asset.width_px >= 2.5 * asset.height_px'),
};

const rawFormatsSql = [...rawFormats].map((format) => `'${format}'`).join(', ');

/** A new filter with one value: a line in `query-fields.ts` and one here. */
const choiceConditions: Readonly<Record<ChoiceField, (value: string) => Condition>> = {
  is: (value) => states[value] ?? text('FALSE'),
  has: (value) => owned[value] ?? text('FALSE'),
  shape: (value) => shapes[value] ?? text('FALSE'),
  kind: (value) => text('asset.kind = ?', value),
  format: formatCondition,
  label: (value) => text('asset.label = ? COLLATE NOCASE', value),
  color: (value) => text("EXISTS (SELECT 1 FROM json_each(asset.colors, '$.names') WHERE value = ?)", value),
  model: (value) => descriptionHas(`said.model_answered LIKE ? ESCAPE '\\'`, contains(value)),
  prompt: (value) =>
    text(
      `EXISTS (SELECT 1 FROM description AS said WHERE said.asset_id = asset.id AND said.live = 1 AND said.owner = 'model'
         AND said.prompt_version LIKE ? ESCAPE '\\' AND said.id = (SELECT max(id) FROM description AS last
           WHERE last.asset_id = asset.id AND last.live = 1 AND last.owner = 'model'))`,
      contains(value),
    ),
  object: (value) =>
    descriptionHas(
      `EXISTS (SELECT 1 FROM json_each(said.objects) WHERE json_extract(value, '$.label') LIKE ? ESCAPE '\\')`,
      contains(value),
    ),
  // What the run said that still stands; what was undone is not.
  run: (value) =>
    text(
      'asset.id IN (SELECT said.asset_id FROM description AS said WHERE said.run_id = ? AND said.live = 1)',
      Number(value),
    ),
  path: pathCondition,
  in: folderCondition,
  review: (value) =>
    value === 'draft'
      ? text(
          `NOT EXISTS (SELECT 1 FROM current_description AS said WHERE said.asset_id = asset.id AND said.review_state <> 'draft')`,
        )
      : descriptionHas('said.review_state = ?', value),
  // What looks like a photo is found before (similar-store.ts); a photo that does not exist looks like none.
  similar: () => text('FALSE'),
  by: byCondition,
};

function formatCondition(value: string): Condition {
  if (value === 'photo' || value === 'video') return text('asset.kind = ?', value);
  const isIt = (column: string) => (value === 'raw' ? `${column} IN (${rawFormatsSql})` : `${column} = ?`);
  const values = value === 'raw' ? [] : [value, value];
  // Of what stands beside the original the name alone is known.
  return text(
    `(${isIt('asset.format')} OR EXISTS (SELECT 1 FROM file WHERE file.asset_id = asset.id AND file.state = 'present'
      AND file.role IN ('alternate', 'motion') AND ${isIt('file.format')}))`,
    ...values,
  );
}

/** Some file systems keep accents apart from their letters, so both spellings are looked for. */
function pathCondition(value: string): Condition {
  const slashed = value.replaceAll('\\', '/');
  const path = `replace(root.path, '\\', '/') || '/' || file.relative_path`;
  return text(
    `EXISTS (SELECT 1 FROM file JOIN root ON root.id = file.root_id WHERE file.asset_id = asset.id
      AND (${path} LIKE ? ESCAPE '\\' OR ${path} LIKE ? ESCAPE '\\'))`,
    contains(slashed.normalize('NFC')),
    contains(slashed.normalize('NFD')),
  );
}

/** In a folder of the library or below it, by its whole path; a folder around several roots holds them all. */
function folderCondition(value: string): Condition {
  const folder = toFolderPath(value);
  const path = `replace(root.path, '\\', '/') || '/' || file.relative_path`;
  const spellings = [...new Set([folder.normalize('NFC'), folder.normalize('NFD')])];
  return {
    sql: `EXISTS (${shows('present')} AND (${spellings.map(() => `(${path} >= ? AND ${path} < ?)`).join(' OR ')}))`,
    // The character after the slash ends the range of everything below the folder.
    values: spellings.flatMap((spelling) => [`${spelling}/`, `${spelling}0`]),
  };
}

/** Who said something of the asset: an owner, a kind of connection, or a connection by its name. */
function byCondition(value: string): Condition {
  if (value === 'built-in') return descriptionHas('said.baseline = 1');
  if (value !== 'model' && value !== 'person' && value !== 'file') {
    const connection = 'SELECT id FROM connection WHERE kind = ? COLLATE NOCASE OR name = ? COLLATE NOCASE';
    return descriptionHas(`said.connection_id IN (${connection})`, value, value);
  }
  const { sql } = descriptionHas(
    `${value === 'model' ? 'said.baseline = 0 AND ' : ''}? IN (said.title_owner, said.caption_owner, said.alt_text_owner)`,
  );
  const keyword = `SELECT 1 FROM asset_keyword WHERE asset_keyword.asset_id = asset.id AND asset_keyword.owner = ?`;
  const byKeyword = `EXISTS (${keyword}${value === 'model' ? ` AND ${states['described']?.sql ?? 'TRUE'}` : ''})`;
  return text(`(${sql} OR ${byKeyword})`, value, value);
}

/** `LIKE` for "somewhere in it", with what the person typed taken literally. */
function contains(value: string): string {
  return `%${value.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** SQL of each number, and how far from it is still equal: what the eye takes for the same. */
const numbers: Readonly<Record<Exclude<OrderedField, 'date' | 'year'>, { sql: string; tolerance: number }>> =
  {
    rating: { sql: 'ifnull(asset.rating, 0)', tolerance: 0 },
    month: { sql: "CAST(strftime('%m', asset.sort_ms / 1000.0, 'unixepoch') AS INTEGER)", tolerance: 0 },
    iso: { sql: 'asset.iso', tolerance: 0.5 },
    aperture: { sql: 'asset.aperture_f', tolerance: 0.05 },
    focal: { sql: 'asset.focal_length_mm', tolerance: 0.5 },
    width: { sql: 'asset.width_px', tolerance: 0 },
    height: { sql: 'asset.height_px', tolerance: 0 },
    // In seconds; a photo has none.
    duration: {
      sql: '(SELECT duration_ms / 1000.0 FROM video WHERE video.asset_id = asset.id)',
      tolerance: 0.5,
    },
    megapixels: { sql: '(asset.width_px * asset.height_px / 1e6)', tolerance: 0.5 },
  };

function orderedCondition(node: CompareNode | BetweenNode): Condition {
  return node.field === 'date' || node.field === 'year'
    ? dateCondition(node)
    : numberCondition(node, numbers[node.field]);
}

function numberCondition(
  node: CompareNode | BetweenNode,
  { sql, tolerance }: { sql: string; tolerance: number },
): Condition {
  if (node.kind === 'compare') {
    const value = Number(node.value);
    if (node.operator !== '=') return text(`${sql} ${node.operator} ?`, value);
    return tolerance === 0
      ? text(`${sql} = ?`, value)
      : text(`${sql} BETWEEN ? AND ?`, value - tolerance, value + tolerance);
  }
  const parts: Condition[] = [];
  if (node.from !== null) parts.push(text(`${sql} >= ?`, Number(node.from)));
  if (node.to !== null) parts.push(text(`${sql} <= ?`, Number(node.to)));
  // November to February.
  const isAroundNewYear = node.field === 'month' && Number(node.from ?? 1) > Number(node.to ?? 12);
  return join(parts, isAroundNewYear ? ' OR ' : ' AND ');
}

/** On `sort_ms`: where the grid shows a photo is where a date finds it. `has:date` leaves out those without a capture time. */
function dateCondition(node: CompareNode | BetweenNode): Condition {
  const parts: Condition[] = [];
  const atOrAfter = (ms: number) => parts.push(text('asset.sort_ms >= ?', ms));
  const before = (ms: number) => parts.push(text('asset.sort_ms < ?', ms));
  if (node.kind === 'between') {
    if (node.from !== null) atOrAfter(dateBounds(node.from).startMs);
    if (node.to !== null) before(dateBounds(node.to).endMs);
    return join(parts, ' AND ');
  }
  const { startMs, endMs } = dateBounds(node.value);
  if (node.operator === '>') atOrAfter(endMs);
  if (node.operator === '>=' || node.operator === '=') atOrAfter(startMs);
  if (node.operator === '<=' || node.operator === '=') before(endMs);
  if (node.operator === '<') before(startMs);
  return join(parts, ' AND ');
}

function join(parts: readonly Condition[], operator: ' AND ' | ' OR '): Condition {
  return {
    sql: `(${parts.map(({ sql }) => sql).join(operator)})`,
    values: parts.flatMap(({ values }) => values),
  };
}
