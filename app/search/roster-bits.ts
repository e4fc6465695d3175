/** Of `Columns.bits`, above those that the grid shows. */
export const rosterBits = {
  exists: 1 << 17,
  /** A file of it is there, or was when its drive was. */
  present: 1 << 18,
  /** A file of it is gone. */
  lost: 1 << 19,
  /** A model, a person or the file says something: what `is:described` finds. */
  said: 1 << 20,
  /** A file of it is there, on a drive that is plugged in. */
  reachable: 1 << 21,
} as const;

/** In the grid and in counts: its file is there, or on a drive that is unplugged. As `isPresentSql` has it. */
export function isShown(bits: number): boolean {
  const { exists, lost, present } = rosterBits;
  return (bits & exists) !== 0 && ((bits & lost) === 0 || (bits & present) !== 0);
}
