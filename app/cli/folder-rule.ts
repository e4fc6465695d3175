import type { Connection } from '../contract/models/connection.ts';
import type { StandingRule } from '../contract/models/root.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { chooseSending } from './choose-sending.ts';
import { chooseFallback } from './fallback-choice.ts';
import type { CommandContext } from './context.ts';
import type { DescribeFlags } from './describe-flags.ts';
import type { ExitStatus } from './exit-status.ts';
import { findRoot } from './find-root.ts';
import { withSavedConnection } from './save-connection.ts';
import { changeLibrary } from './change-library.ts';
import { formatUsd } from './money.ts';
import { toLine } from './printable.ts';
import { foldersText } from './library-text.ts';

/**
 * `cutline folders rule`: what happens to photos that appear in a folder. A rule that can cost money needs a monthly
 * budget: nobody is there to be asked when it spends.
 */
export function setRule(
  context: CommandContext,
  folder: string,
  kind: StandingRule['kind'],
  flags: DescribeFlags,
): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const { id, path } = await findRoot(context, engine, folder);
    if (kind === 'index') {
      context.terminal.print(`${toLine(path)}: ${foldersText.index}`);
      return engine.call('root.set', { rootId: id, rule: { kind } });
    }
    const choice = await chooseSending(context, flags);
    for (const note of choice.notes) context.terminal.note(note);
    return withSavedConnection(engine, choice, async (connection) => {
      const second = await chooseFallback(context, engine, connection, flags);
      const isFree = second === undefined || second.connection.price?.source === 'free';
      const monthlyBudgetMicroUsd = await checkBudget(engine, connection, flags, isFree);
      const rule: StandingRule = {
        kind,
        connectionId: connection.id,
        monthlyBudgetMicroUsd,
        options: flags.options,
        fallback: second?.fallback ?? null,
      };
      const set = await engine.call('root.set', { rootId: id, rule });
      const budget = monthlyBudgetMicroUsd === null ? undefined : formatUsd(monthlyBudgetMicroUsd);
      context.terminal.print(`${toLine(path)}: ${foldersText.describe(toLine(connection.name), budget)}`);
      return set;
    });
  });
}

/** @throws {AppError} `price-unknown`; `invalid-input` when it can cost money and there is no budget. */
async function checkBudget(
  engine: Engine,
  connection: Connection,
  { options, budgetMicroUsd }: DescribeFlags,
  isFallbackFree: boolean,
): Promise<number | null> {
  const asked = { connectionId: connection.id, options, limit: 1 };
  const { price, model } = await engine.call('description.plan', asked);
  if (price?.source === 'free' && isFallbackFree) return null;
  if (budgetMicroUsd === null) throw new AppError('invalid-input', { reason: foldersText.ruleNeedsBudget });
  if (price === null) throw new AppError('price-unknown', { model: model ?? undefined });
  return budgetMicroUsd;
}
