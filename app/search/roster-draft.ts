import { gridFlags, toAspect, toColorBits, toRatingBits, toReviewBits } from '../contract/grid-order.ts';
import type { AssetId, RootId } from '../contract/ids.ts';
import { monthIndex } from './civil-month.ts';
import { rawFormats } from './raw-formats.ts';
import { rosterBits } from './roster-bits.ts';
import type { RosterCodes } from './roster-codes.ts';
import { grown, type Columns } from './roster-columns.ts';
import type { AssetRow, DescriptionRow, FileRow, GroupRow } from './roster-store.ts';

/** Writes rows of the database into the roster's columns. An asset's own row comes first: what is said of one that is not there is nothing. */
export class RosterDraft {
  readonly #codes: RosterCodes;
  readonly #onlineRoots: ReadonlySet<RootId>;
  #columns: Columns;

  /** @param columns are changed, and replaced by longer ones where they are too short. */
  constructor(columns: Columns, codes: RosterCodes, onlineRoots: ReadonlySet<RootId>) {
    this.#columns = columns;
    this.#codes = codes;
    this.#onlineRoots = onlineRoots;
  }

  get columns(): Columns {
    return this.#columns;
  }

  #exists(id: AssetId): boolean {
    return ((this.#columns.bits[id] ?? 0) & rosterBits.exists) !== 0;
  }

  putAsset(row: AssetRow): void {
    const [id, sortMs, widthPx, heightPx, isVideo, state, format, camera, lens, place, label, rating] = row;
    const [, , , , , , , , , , , , colors, averageColor, pictureKey, hasThumbnail, isExcluded] = row;
    if (id >= this.#columns.bits.length) this.#columns = grown(this.#columns, id + 1);
    const [columns, codes] = [this.#columns, this.#codes];
    columns.sortMs[id] = sortMs;
    columns.months[id] = monthIndex(sortMs);
    columns.aspects[id] = toAspect(widthPx, heightPx);
    columns.colors[id] =
      averageColor === null
        ? 0
        : toColorBits(averageColor >> 16, (averageColor >> 8) & 0xff, averageColor & 0xff);
    columns.versions[id] = pictureKey === null ? 0 : Number.parseInt(pictureKey, 16) || 0;
    columns.cameras[id] = codes.cameras.codeOf(camera);
    columns.lenses[id] = codes.lenses.codeOf(lens);
    columns.places[id] = codes.places.codeOf(place);
    columns.labels[id] = codes.labels.codeOf(label);
    columns.formats[id] = codes.formats.codeOf(format);
    columns.colorMasks[id] = colors === null ? 0 : codes.colorMaskOf(colors);
    columns.folders[id] = 0;
    columns.groups[id] = 0;
    columns.bits[id] =
      rosterBits.exists |
      // Until a file says otherwise.
      gridFlags.away |
      toRatingBits(rating ?? 0) |
      (isVideo === 1 ? gridFlags.video : 0) |
      (state === 'unreadable' ? gridFlags.problem : 0) |
      (state === 'unsupported' ? gridFlags.unsupported : 0) |
      (state === 'found' ? gridFlags.unread : 0) |
      (format !== null && rawFormats.has(format) ? gridFlags.raw : 0) |
      (hasThumbnail === 1 ? gridFlags.thumbnail : 0) |
      (isExcluded === 1 ? gridFlags.excluded : 0);
  }

  putDescription([id, isBaseline, isByModel, isSaid, reviewState]: DescriptionRow): void {
    if (!this.#exists(id)) return;
    const by = isBaseline === 1 ? gridFlags.baseline : isByModel === 1 ? gridFlags.described : 0;
    const said = isSaid === 1 ? rosterBits.said : 0;
    this.#columns.bits[id] = (this.#columns.bits[id] ?? 0) | by | said | toReviewBits(reviewState);
  }

  putDoubtful(id: AssetId): void {
    if (this.#exists(id)) this.#columns.bits[id] = (this.#columns.bits[id] ?? 0) | gridFlags.doubtful;
  }

  putNear([id, nearId]: GroupRow): void {
    if (this.#exists(id)) this.#columns.groups[id] = 2 * nearId + 1;
  }

  /** A photo that is in a burst and has near-duplicates too counts with its burst. */
  putInBurst([id, burstId]: GroupRow): void {
    if (!this.#exists(id)) return;
    this.#columns.bits[id] = (this.#columns.bits[id] ?? 0) | gridFlags.burst;
    this.#columns.groups[id] = 2 * burstId;
  }

  /** Of several files the first one that is there says in which folder the asset is. */
  putFile([, id, rootId, relativePath, isPresent]: FileRow): void {
    if (!this.#exists(id)) return;
    const { bits, folders } = this.#columns;
    const before = bits[id] ?? 0;
    const isFirst = folders[id] === 0 || (isPresent === 1 && (before & rosterBits.present) === 0);
    if (isFirst) folders[id] = this.#codes.folderOf(rootId, relativePath);
    const after = before | (isPresent === 1 ? rosterBits.present : rosterBits.lost);
    const isReachable = isPresent === 1 && this.#onlineRoots.has(rootId);
    bits[id] = isReachable ? (after & ~gridFlags.away) | rosterBits.reachable : after;
  }
}
