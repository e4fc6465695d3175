import { messageFor } from '../contract/messages/en.ts';
import { findMissingKey } from '../contract/missing-key.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Output } from '../contract/procedures.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatCount, formatTime, plural } from './format.ts';
import { formatSpent } from './money.ts';
import { pad, toLine, toTable, truncatePath } from './printable.ts';
import { batchSentence } from './batch-text.ts';
import { noteStrayKeys } from './stray-keys.ts';
import { connectionText } from './text.ts';
import { runsText, statusText } from './library-text.ts';

type Status = Output<'library.status'>;

/** `cutline status`: what the library holds, what waits, what was spent. */
export function status(context: CommandContext): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const now = await reader.call('library.status', {});
    terminal.printJson(now);
    if (terminal.isJson) return exitStatus.done;
    printRows(context, [
      [statusText.library, toLine(now.folder)],
      [statusText.photos, photosLine(now)],
      [statusText.waiting, jobsLine(now)],
      [
        statusText.spent,
        statusText.spend(
          formatSpent({ costMicroUsd: now.spentTodayMicroUsd, unpriced: now.unpricedToday }),
          formatSpent({ costMicroUsd: now.spentThisMonthMicroUsd, unpriced: now.unpricedThisMonth }),
        ),
      ],
    ]);
    printRoots(context, now);
    printConnections(context, now);
    const runs = await reader.call('run.list', {});
    for (const { id, batch } of runs) {
      if (batch !== null) terminal.printText(runsText.batch(id, batchSentence(batch, Date.now())));
    }
    return exitStatus.done;
  });
}

function printRows({ terminal }: CommandContext, rows: readonly (readonly [string, string])[]): void {
  const labelWidth = Math.max(...rows.map(([label]) => label.length)) + 2;
  for (const [label, text] of rows) {
    const [first = '', ...rest] = terminal.wrap(text, labelWidth);
    terminal.print(terminal.style('dim', pad(label, labelWidth)) + first);
    for (const line of rest) terminal.print(' '.repeat(labelWidth) + line);
  }
}

function photosLine({ photos, described, baseline, failed, unsupported, missing }: Status): string {
  const counts = [
    [described, statusText.described],
    [baseline, statusText.baseline],
    [failed, statusText.failed],
    [unsupported, statusText.unsupported],
    [missing, statusText.missing],
  ] as const;
  return [
    formatCount(photos),
    ...counts.filter(([count]) => count > 0).map(([count, label]) => `${formatCount(count)} ${label}`),
  ].join(' · ');
}

function jobsLine({ jobs: { ready, held, running } }: Status): string {
  const parts = [
    ...(ready + running > 0 ? [statusText.jobs(ready + running)] : []),
    ...(held > 0 ? [statusText.held(held)] : []),
  ];
  return parts.length === 0 ? statusText.nothing : parts.join(' · ');
}

function printRoots({ terminal }: CommandContext, { roots, connections }: Status): void {
  if (roots.length === 0) return;
  terminal.print();
  for (const root of roots) {
    const { rule } = root;
    const connection =
      rule.kind === 'describe' ? connections.find(({ id }) => id === rule.connectionId) : undefined;
    const facts = [
      plural(root.photos, 'photo'),
      statusText.describedCount(root.described),
      root.scannedAtMs === null ? statusText.neverScanned : statusText.scanned(formatTime(root.scannedAtMs)),
      ...(root.state === 'offline' ? [terminal.style('red', statusText.offline)] : []),
      ...(connection === undefined ? [] : [statusText.rule(toLine(connection.name))]),
      ...(root.privacy === 'may-be-sent' ? [] : [statusText.privacy[root.privacy]]),
    ];
    terminal.print(terminal.style('bold', truncatePath(toLine(root.path), terminal.width)));
    terminal.printText(facts.join(' · '), { indent: 2 });
  }
}

function printConnections({ terminal }: CommandContext, { connections, lanes }: Status): void {
  const troubled = connections.filter(({ error }) => error !== null);
  if (troubled.length === 0 && lanes.length === 0) return;
  terminal.print();
  for (const { name, error } of troubled) {
    if (error !== null) terminal.printText(`${toLine(name)}: ${toLine(messageFor(error))}`, { style: 'red' });
  }
}

/** `cutline connections`: what the library can describe with. */
export async function listConnections(context: CommandContext): Promise<ExitStatus> {
  const { terminal } = context;
  const { openKeys } = await import('./stored-keys.ts');
  const keys = await openKeys(context);
  const lacksKey = (connection: Connection): boolean =>
    findMissingKey(connection, keys.placeOf(connection) !== null) !== undefined;
  return withReader(context, async (reader) => {
    const { connections } = await reader.call('library.status', {});
    terminal.printJson(connections.map((one) => ({ ...one, hasKey: keys.placeOf(one) !== null })));
    const rows = connections.map((connection) => [
      toLine(connection.name),
      toLine(connection.modelId ?? connection.learned.modelAnswered ?? ''),
      String(connection.concurrency),
      connection.state === 'ready' && lacksKey(connection)
        ? statusText.noKey
        : statusText.states[connection.state],
    ]);
    const { name, model, concurrency, state } = statusText.columns;
    const columns = [
      { title: name, isFlexible: true },
      { title: model, isFlexible: true, isOptional: true },
      { title: concurrency, align: 'right', isOptional: true },
      { title: state },
    ] as const;
    for (const line of toTable(columns, rows, terminal.width)) {
      terminal.print(line);
    }
    for (const connection of connections) {
      const variables = findMissingKey(connection, keys.placeOf(connection) !== null);
      if (variables !== undefined) {
        terminal.note(connectionText.keyMissing(toLine(connection.name), variables));
      }
    }
    noteStrayKeys(context, connections);
    return exitStatus.done;
  });
}
