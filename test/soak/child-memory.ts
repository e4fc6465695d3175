import { readdirSync, readFileSync } from 'node:fs';

/** Whether this system says what other processes hold: Linux, by /proc. */
export const seesChildren = process.platform === 'linux';

/** Pages of memory as /proc counts them; larger ones (ARM) would make every figure too small, never too large. */
const pageBytes = 4096;

/** What all processes hold that this one has started, and that those have started. 0 where that cannot be seen. */
export function childMemoryBytes(): number {
  if (!seesChildren) return 0;
  const processes = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readStat(name) : undefined;
    return stat === undefined ? [] : [stat];
  });
  const childrenOf = Map.groupBy(processes, ({ parent }) => parent);
  const heldBy = (pid: number): number =>
    (childrenOf.get(pid) ?? []).reduce((sum, child) => sum + child.pages * pageBytes + heldBy(child.pid), 0);
  return heldBy(process.pid);
}

type Stat = { readonly pid: number; readonly parent: number; readonly pages: number };

/** @see `man 5 proc_pid_stat`: the name is in brackets, and may hold any; the parent is field 4, pages field 24. */
function readStat(name: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(name), parent: Number(fields[1]), pages: Number(fields[21]) };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
