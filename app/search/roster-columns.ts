/** A column for each thing that is known of an asset, by asset id. Codes are those of the roster's dictionaries. */
export type Columns = {
  readonly sortMs: Float64Array;
  /** Flags of the grid (`gridFlags`, rating, review state), and `rosterBits` above them. */
  readonly bits: Uint32Array;
  /** Months since January of year 0. */
  readonly months: Int32Array;
  readonly places: Uint32Array;
  readonly folders: Uint32Array;
  /** As in the grid's order: twice the number of its burst, or one more than twice that of its near-duplicates. */
  readonly groups: Uint32Array;
  readonly aspects: Uint16Array;
  readonly colors: Uint16Array;
  readonly versions: Uint16Array;
  readonly cameras: Uint16Array;
  readonly lenses: Uint16Array;
  readonly labels: Uint16Array;
  readonly colorMasks: Uint16Array;
  readonly formats: Uint8Array;
};

/** @param length the highest asset id, and one: an id is its place */
export function createColumns(length: number): Columns {
  return {
    sortMs: new Float64Array(length),
    bits: new Uint32Array(length),
    months: new Int32Array(length),
    places: new Uint32Array(length),
    folders: new Uint32Array(length),
    groups: new Uint32Array(length),
    aspects: new Uint16Array(length),
    colors: new Uint16Array(length),
    versions: new Uint16Array(length),
    cameras: new Uint16Array(length),
    lenses: new Uint16Array(length),
    labels: new Uint16Array(length),
    colorMasks: new Uint16Array(length),
    formats: new Uint8Array(length),
  };
}

/** The same values in longer columns: at least `length`, and half as long again as before. */
export function grown(columns: Columns, length: number): Columns {
  const longer = createColumns(Math.max(length, Math.ceil(columns.bits.length * 1.5), 1_024));
  for (const [name, column] of Object.entries(columns)) {
    longer[name as keyof Columns].set(column); // why: the entries of an object of this type
  }
  return longer;
}
