import type { Enhancements } from '../contract/enhancements.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { OwnLimits } from '../contract/models/connection.ts';
import type { Price } from '../contract/models/usage.ts';
import type { Output } from '../contract/procedures.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { changeLibrary } from './change-library.ts';
import { chooseConnection, type ConnectionFlags } from './connection-choice.ts';
import { connectionsText } from './connections-text.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, exitStatusOf, type ExitStatus } from './exit-status.ts';
import { findConnection, storedCredentials, type ListedConnection } from './find-connection.ts';
import { formatUsd } from './money.ts';
import { pad, toLine } from './printable.ts';
import { noteStrayKeys } from './stray-keys.ts';

type Tested = Output<'connection.test'>;
type Found = Output<'connection.discover'>[number];

/** `cutline connections discover`: servers of models on this machine. Needs no library, and changes nothing. */
export async function discoverConnections(
  { terminal, interrupts }: CommandContext,
  { ports }: { readonly ports?: readonly number[] | undefined },
): Promise<ExitStatus> {
  const { discover } = await import('../engine/discovery.ts');
  const found = await discover(ports, interrupts.signal);
  terminal.printJson(found);
  if (found.length === 0) terminal.note(connectionsText.nothingFound);
  for (const [index, server] of found.entries()) {
    if (index > 0) terminal.print();
    printServer(terminal, server);
  }
  return exitStatus.done;
}

function printServer(
  terminal: CommandContext['terminal'],
  { server, endpoint, needsKey, models }: Found,
): void {
  terminal.print(terminal.style('bold', `${connectionsText.servers[server]}  ${endpoint}`));
  if (needsKey) {
    terminal.printText(connectionsText.needsKey, { indent: 2 });
    return;
  }
  const names = models.map(({ id }) => toLine(id));
  const width = Math.min(48, Math.max(0, ...names.map(({ length }) => length))) + 2;
  for (const [index, { vision, contextTokens }] of models.entries()) {
    const context = contextTokens === null ? '' : `  ${connectionsText.context(contextTokens)}`;
    const style = vision === 'no' ? 'dim' : 'reset';
    terminal.print(
      terminal.style(style, `  ${pad(names[index] ?? '', width)}${connectionsText.vision[vision]}${context}`),
    );
  }
  const [best] = models;
  const isOfUse = best !== undefined && best.vision !== 'no';
  terminal.printText(isOfUse ? connectionsText.use(endpoint, toLine(best.id)) : connectionsText.noneSees, {
    indent: 2,
  });
}

/** `cutline connections add`: keeps a connection without describing anything. */
export function addConnection(
  context: CommandContext,
  flags: ConnectionFlags & { readonly name?: string | undefined },
): Promise<ExitStatus> {
  const choice = chooseConnection(flags, context.env, { sends: false });
  for (const note of choice.notes) context.terminal.note(note);
  return changeLibrary(context, async (engine) => {
    const { id } = await engine.call('connection.save', choice.settings);
    const { name } = flags;
    const added = await engine.call('connection.set', {
      connectionId: id,
      ...(name === undefined ? {} : { name }),
    });
    context.terminal.print(connectionsText.added(toLine(added.name)));
    return added;
  });
}

export type SetFlags = {
  readonly name?: string | undefined;
  readonly model?: string | undefined;
  readonly batchDeployment?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly price?: Price | undefined;
  readonly signIn?: 'key' | 'entra' | undefined;
  /** None of them: they are taken away. */
  readonly enhancements?: Enhancements['features'] | undefined;
  /** The connection to Azure AI Vision that does them. */
  readonly vision?: string | undefined;
  readonly requestsPerMinute?: OwnLimits['requestsPerMinute'] | undefined;
  readonly tokensPerMinute?: OwnLimits['tokensPerMinute'] | undefined;
};

/** `cutline connections set`: name, model, price and limits of a stored connection. */
export function setConnection(context: CommandContext, named: string, flags: SetFlags): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const { id } = await findConnection(engine, named);
    const { name, model, concurrency, price, signIn, requestsPerMinute, tokensPerMinute } = flags;
    const changed = await engine.call('connection.set', {
      connectionId: id,
      name,
      modelId: model,
      batchDeployment: flags.batchDeployment,
      concurrency,
      ownPrice: price,
      signIn,
      enhancements: await chooseEnhancements(engine, flags),
      ownLimits: { requestsPerMinute, tokensPerMinute },
    });
    if (changed.enhancements !== undefined) context.terminal.note(connectionsText.enhancementsRetired);
    context.terminal.print(connectionsText.changed(toLine(changed.name)));
    return changed;
  });
}

/** Without a name, the only connection to Azure AI Vision does them. @throws {AppError} `invalid-input` */
async function chooseEnhancements(
  engine: Engine,
  { enhancements: features, vision }: SetFlags,
): Promise<Enhancements | null | undefined> {
  if (features === undefined) return undefined;
  if (features.length === 0) return null;
  if (vision !== undefined) {
    return { features, visionConnectionId: (await findConnection(engine, vision)).id };
  }
  const all = await engine.call('connection.list', {});
  const [only, ...others] = all.filter(({ kind }) => kind === 'azure-vision');
  if (only === undefined || others.length > 0) {
    throw new AppError('invalid-input', { reason: connectionsText.whichVision });
  }
  return { features, visionConnectionId: only.id };
}

/** `cutline connections remove`. */
export function forgetConnection(context: CommandContext, named: string): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const { id, name } = await findConnection(engine, named);
    await engine.call('connection.remove', { connectionId: id });
    context.terminal.print(connectionsText.removed(toLine(name)));
    return { removed: id };
  });
}

/** `cutline connections test`: what exactly is wrong, and what to do. */
export async function testConnection(
  context: CommandContext,
  named: string | undefined,
  { sendsPicture }: { readonly sendsPicture: boolean },
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  const end = await withEngine(context, { credentialOf: storedCredentials(context) }, async (engine) => {
    noteStrayKeys(context, await engine.call('connection.list', {}));
    const connection = await chooseTested(engine, named);
    const tested = await engine.call(
      'connection.test',
      { connectionId: connection.id, sendPicture: sendsPicture },
      { signal: interrupts.signal },
    );
    return { connection, tested };
  });
  if (end.status === 'interrupted') return interruptedStatus(context);
  const { connection, tested } = end.result;
  terminal.printJson({ connection: connection.name, ...tested });
  printTested(terminal, connection, tested);
  const failed = tested.checks.find(({ state }) => state === 'failed')?.error;
  return failed === undefined || failed === null ? exitStatus.done : exitStatusOf(failed.code);
}

/** Without a name it is the only one that is not built in. */
async function chooseTested(engine: Engine, named: string | undefined): Promise<ListedConnection> {
  if (named !== undefined) return findConnection(engine, named);
  const services = (await engine.call('connection.list', {})).filter(({ kind }) => kind !== 'built-in');
  const [only, ...others] = services;
  if (only !== undefined && others.length === 0) return only;
  throw new AppError('invalid-input', {
    reason:
      only === undefined
        ? connectionsText.none
        : `Say which one. ${connectionsText.thereAre(services.map(({ name }) => name).join(', '))}`,
  });
}

const colors = { ok: 'green', warning: 'yellow', failed: 'red', unknown: 'dim' } as const;

function printTested(terminal: CommandContext['terminal'], { name }: ListedConnection, tested: Tested): void {
  for (const { name: check, state, error } of tested.checks) {
    const label = pad(connectionsText.checks[check], 10);
    terminal.print(`${label}${terminal.style(colors[state], connectionsText.states[state])}`);
    if (error !== null) terminal.printText(toLine(messageFor(error)), { indent: 10 });
  }
  terminal.print();
  const { isUsable, model, requestsPerMinute, tokensPerMinute, elapsedMs, usage, costMicroUsd } = tested;
  terminal.printText((isUsable ? connectionsText.usable : connectionsText.unusable)(toLine(name)), {
    style: isUsable ? 'green' : 'red',
  });
  if (model !== null) terminal.printText(connectionsText.behind(toLine(model)));
  if (requestsPerMinute !== null || tokensPerMinute !== null) {
    terminal.printText(connectionsText.limits(requestsPerMinute, tokensPerMinute));
  }
  if (elapsedMs === null) return;
  const cost = costMicroUsd === null ? null : formatUsd(costMicroUsd);
  terminal.printText(
    usage === null ? connectionsText.notAnswered(cost) : connectionsText.cost(elapsedMs, cost),
  );
}
