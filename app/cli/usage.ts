import { runId } from '../contract/ids.ts';
import { messages } from '../contract/messages/en.ts';
import { errorCodes, type ErrorCode } from '../contract/errors.ts';
import type { Output } from '../contract/procedures.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatCount, formatTime, plural } from './format.ts';
import { formatSpent, formatUsd } from './money.ts';
import { toLine, toTable, type Column } from './printable.ts';
import { usageText } from './library-text.ts';

type Usage = Output<'usage.get'>;

/** `cutline usage`: tokens and money by day, model and folder, and every request that is not booked exactly. */
export function usage(
  context: CommandContext,
  { since, run }: { since?: number; run?: number },
): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const found = await reader.call('usage.get', {
      ...(since === undefined ? {} : { sinceMs: since }),
      ...(run === undefined ? {} : { runId: runId.parse(run) }),
    });
    terminal.printJson(found);
    if (terminal.isJson) return exitStatus.done;
    if (found.requests === 0) {
      terminal.print(usageText.nothing);
      return exitStatus.done;
    }
    printTable(
      context,
      usageText.day,
      found.byDay.map((row) => [row.day, row]),
    );
    terminal.print();
    printTable(
      context,
      usageText.model,
      found.byModel.map((row) => [toLine(row.model ?? usageText.unknownModel), row]),
    );
    if (found.byFolder.length > 1) {
      terminal.print();
      printTable(
        context,
        usageText.folder,
        found.byFolder.map((row) => [toLine(row.folder ?? usageText.noFolder), row]),
      );
    }
    terminal.print();
    terminal.printText(usageText.total(plural(found.requests, 'request'), formatSpent(found)), {
      style: 'bold',
    });
    const { batches } = found;
    if (batches.requests > 0) {
      const tokens = [formatCount(batches.inputTokens), formatCount(batches.outputTokens)] as const;
      terminal.printText(
        usageText.batches(plural(batches.requests, 'request'), ...tokens, formatSpent(batches)),
      );
    }
    printUnexplained(context, found);
    return exitStatus.done;
  });
}

type Totals = Pick<
  Usage,
  'requests' | 'inputTokens' | 'outputTokens' | 'transactions' | 'costMicroUsd' | 'unpriced'
>;

function printTable(
  { terminal }: CommandContext,
  first: string,
  rows: readonly (readonly [string, Totals])[],
): void {
  const { requests, input, output, transactions, cost } = usageText.columns;
  // Only services that count features have them.
  const hasTransactions = rows.some(([, row]) => row.transactions > 0);
  const columns: Column[] = [
    { title: first, isFlexible: true },
    { title: requests, align: 'right' },
    { title: input, align: 'right', isOptional: true },
    { title: output, align: 'right', isOptional: true },
    ...(hasTransactions ? [{ title: transactions, align: 'right' } as const] : []),
    { title: cost, align: 'right' },
  ];
  const cells = rows.map(([name, row]) => [
    name,
    formatCount(row.requests),
    formatCount(row.inputTokens),
    formatCount(row.outputTokens),
    ...(hasTransactions ? [formatCount(row.transactions)] : []),
    formatSpent(row),
  ]);
  const [title = '', ...lines] = toTable(columns, cells, terminal.width);
  terminal.print(terminal.style('dim', title));
  for (const line of lines) terminal.print(line);
}

/** Requests that may have been charged, though the service did not say how much. */
function printUnexplained({ terminal }: CommandContext, { unexplained }: Usage): void {
  if (unexplained.length === 0) return;
  terminal.print();
  terminal.printText(usageText.unexplained(plural(unexplained.length, 'request')));
  for (const { id, booking, sentAtMs, errorCode, costMicroUsd } of unexplained) {
    const code = errorCodes.find((known) => known === errorCode);
    const facts = [
      formatTime(sentAtMs),
      costMicroUsd === null ? usageText.unknownPrice : usageText.atMost(formatUsd(costMicroUsd)),
      booking === 'pending' ? usageText.pending : code === undefined ? usageText.noUsage : reasonOf(code),
    ];
    terminal.printText(`#${id} · ${facts.join(' · ')}`, { indent: 2, style: 'dim' });
  }
}

/** A request of its own: the sentence of its code may be about all tries of a photo. */
function reasonOf(code: ErrorCode): string {
  return code === 'provider-unavailable' ? usageText.failed : messages[code]({});
}
