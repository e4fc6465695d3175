import type { Finding } from '../contract/finding.ts';
import { findingMessage } from '../contract/messages/findings.ts';
import { changeLibrary } from './change-library.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { toLine } from './printable.ts';
import { noteStrayKeys } from './stray-keys.ts';
import { openKeys } from './stored-keys.ts';
import { upkeepText } from './upkeep-text.ts';

const marks = { ok: 'ok', warning: '! ', problem: 'X ' } as const;
const styles = { ok: 'green', warning: 'yellow', problem: 'red' } as const;

export type DoctorFlags = {
  readonly online?: true;
  readonly port?: readonly number[];
  readonly tidy?: true;
};

/** `cutline doctor`: what is well and what is not, as it is found. */
export async function doctor(context: CommandContext, flags: DoctorFlags): Promise<ExitStatus> {
  if (flags.tidy === true) return tidy(context);
  const { terminal } = context;
  const keys = await openKeys(context);
  const input = {
    online: flags.online === true,
    ports: flags.port === undefined ? undefined : [...flags.port],
  };
  const examined = withReader(
    context,
    async (reader) => {
      const { findings } = await reader.call('library.doctor', input, {
        signal: context.interrupts.signal,
        onPart: (finding) => {
          printFinding(context, finding);
        },
      });
      const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
      const [warnings, problems] = [count('warning'), count('problem')];
      noteStrayKeys(context, await reader.call('connection.list', {}));
      terminal.printJson({ summary: { checked: findings.length, warnings, problems } });
      if (!terminal.isJson) terminal.note(upkeepText.examined(warnings, problems));
      return problems === 0 ? exitStatus.done : exitStatus.doneWithFailures;
    },
    keys,
  );
  return examined.catch((error: unknown) => reportDamage(context, error));
}

/** A database that cannot even be opened is what the check-up is for. */
async function reportDamage(context: CommandContext, error: unknown): Promise<ExitStatus> {
  const { damagedDatabase, damageIn } = await import('../engine/doctor/damaged-database.ts');
  const reason = damageIn(error);
  if (reason === undefined) throw error;
  printFinding(context, damagedDatabase(context.libraryFolder, reason));
  context.terminal.printJson({ summary: { checked: 1, warnings: 0, problems: 1 } });
  if (!context.terminal.isJson) context.terminal.note(upkeepText.examined(0, 1));
  return exitStatus.doneWithFailures;
}

function tidy(context: CommandContext): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const removed = await engine.call('library.tidy', {}, { signal: context.interrupts.signal });
    context.terminal.print(upkeepText.tidied(removed.files, removed.sizeBytes));
    return removed;
  });
}

function printFinding({ terminal }: CommandContext, finding: Finding): void {
  const message = toLine(findingMessage(finding));
  terminal.printJson({ ...finding, message });
  const [first = '', ...rest] = terminal.wrap(message, 4);
  terminal.print(`${terminal.style(styles[finding.level], marks[finding.level])}  ${first}`);
  for (const line of rest) terminal.print(`    ${line}`);
}
