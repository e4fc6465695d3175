import type { RunId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Fallback, RunOptions } from '../contract/models/run.ts';
import { isInsecure } from '../engine/connection-settings.ts';
import { credentialByName } from '../engine/environment-credential.ts';
import { batchLaneOf, laneOf, takesAddresses, type CredentialOf } from '../engine/connections.ts';
import { openReader } from '../engine/reader.ts';
import { addSamplePhotos, createThrowAwayLibrary } from '../engine/samples.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { chooseSending } from './choose-sending.ts';
import type { ConnectionChoice } from './connection-choice.ts';
import { interruptedStatus, withReader, type CommandContext } from './context.ts';
import type { DescribeFlags } from './describe-flags.ts';
import { Follower } from './describe-follow.ts';
import { findHold } from './describe-hold.ts';
import type { Outcome } from './describe-outcome.ts';
import { reportDescribed } from './describe-report.ts';
import { acceptDamaged } from './damaged.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { HoldRule } from './hold-rule.ts';
import { chooseFallback } from './fallback-choice.ts';
import { keyBeside } from './key-beside.ts';
import { fallbackLine, isFree as isFreePlan, outdatedLine, planLines } from './plan-lines.ts';
import { finishReading, isOwnWork, prepareFolders } from './prepare-folders.ts';
import { undescribedLine } from './photo-lines.ts';
import { connectionText, describeText } from './text.ts';
import { forgetUnanswered, saveForCommand, type CommandConnection } from './unanswered.ts';
import { fetchWords } from './web-pictures.ts';

/** `cutline describe`: from folders to captions. */
export async function describe(
  context: CommandContext,
  folders: readonly string[],
  flags: DescribeFlags,
): Promise<ExitStatus> {
  const { terminal } = context;
  const choice = await chooseSending(context, flags);
  for (const note of choice.notes) terminal.note(note);
  if (folders.length > 0 || (await hasFolders(context))) {
    return describeFolders(context, folders, flags, choice, false);
  }

  if (flags.options.batch !== undefined) {
    throw new AppError('invalid-input', { reason: describeText.sampleBatch });
  }
  terminal.note(describeText.sample);
  const library = await createThrowAwayLibrary();
  try {
    const photos = await addSamplePhotos(library);
    const inside = { ...context, libraryFolder: library.libraryFolder, baseFolder: photos };
    const status = await describeFolders(inside, [photos], flags, choice, true);
    terminal.note(describeText.sampleNext);
    return status;
  } finally {
    await library.remove();
  }
}

/** Looks without making a library where there is none. */
async function hasFolders({ libraryFolder }: CommandContext): Promise<boolean> {
  const reader = openReader(libraryFolder);
  if (reader === undefined) return false;
  try {
    const roots = await reader.call('root.list', {});
    return roots.length > 0;
  } finally {
    reader.close();
  }
}

async function describeFolders(
  context: CommandContext,
  folders: readonly string[],
  flags: DescribeFlags,
  choice: ConnectionChoice,
  isSample: boolean,
): Promise<ExitStatus> {
  const outcome: Outcome = {
    startedAtMs: Date.now(),
    described: new Set(),
    failed: new Set(),
    isDeclined: false,
    isSample,
  };
  try {
    return await describeAndReport(context, folders, flags, choice, outcome);
  } finally {
    if (outcome.connection !== undefined && !isSample) await forgetUnanswered(context, outcome.connection);
  }
}

async function describeAndReport(
  context: CommandContext,
  folders: readonly string[],
  flags: DescribeFlags,
  choice: ConnectionChoice,
  outcome: Outcome,
): Promise<ExitStatus> {
  let saved: CommandConnection | undefined;
  const end = await withEngine(
    context,
    {
      wait: flags.wait,
      // The keys belong to the connections that this command names, and to no other that the library knows.
      credentialOf: (connection) => {
        if (connection.id === saved?.id) {
          return credentialByName(context.env, connection) ?? choice.credential;
        }
        const isOther =
          connection.id === outcome.fallbackId || connection.id === saved?.enhancements?.visionConnectionId;
        return isOther ? keyBeside(context, choice, saved)(connection) : undefined;
      },
      countInFlight: (engine) => countInFlight(engine, outcome.runId),
    },
    async (engine) => {
      saved = await saveForCommand(engine, choice.settings);
      outcome.connection = saved;
      if (isInsecure(saved)) {
        context.terminal.note(connectionText.insecure(new URL(saved.endpoint ?? '').host));
      }
      if (flags.options.sendsAddresses === true && !takesAddresses(saved)) {
        context.terminal.note(connectionText.takesNoAddresses);
      }
      await describeWith(engine, context, folders, flags, saved, outcome, keyBeside(context, choice, saved));
    },
  );
  if (outcome.isDeclined) return exitStatus.done;
  const { connection } = outcome;
  if (connection === undefined) return interruptedStatus(context);
  const isInterrupted = end.status === 'interrupted';
  const status = await withReader(context, (reader) =>
    reportDescribed(context, reader, flags, { ...outcome, connection, isInterrupted }),
  );
  return status === exitStatus.done && (outcome.unfetched ?? 0) > 0 ? exitStatus.doneWithFailures : status; // why 0: nothing was fetched
}

async function describeWith(
  engine: Engine,
  context: CommandContext,
  folders: readonly string[],
  flags: DescribeFlags,
  connection: Connection,
  outcome: Outcome,
  credentialOf: CredentialOf,
): Promise<void> {
  const named = await fetchWords(context, engine, folders, {
    as: 'folder',
    allowPrivate: flags.allowPrivate === true,
  });
  outcome.unfetched = named.failures.length;
  for (const { address, error } of named.failures) {
    context.terminal.printJson(undescribedLine(address, 'failed', error));
  }
  const prepared = await prepareFolders(context, engine, named.words);
  engine.start(isOwnWork);
  outcome.scans = prepared.scans;
  if (flags.damaged) await acceptDamaged(context, engine, flags.query, prepared.folders);
  outcome.scope = {
    ...(folders.length === 0 ? {} : { folders: [...prepared.folders] }),
    ...(flags.query === undefined ? {} : { query: flags.query }),
  };
  const before = await engine.call('description.count', { ...outcome.scope, connectionId: connection.id });
  outcome.describedBefore = before.described;
  const scope = { ...outcome.scope, ...(flags.limit === undefined ? {} : { limit: flags.limit }) };
  const asked = { ...scope, connectionId: connection.id, options: flags.options };
  const plan = await engine.call('description.plan', asked);
  outcome.planned = plan.photos;
  // What is with the service already is not planned again; it is only waited for.
  const atService = await findRunAtService(engine, connection);
  if (plan.photos > 0 || atService !== undefined) {
    const lines = plan.photos === 0 ? [] : planLines(plan, flags.budgetMicroUsd, flags.options);
    for (const line of lines) context.terminal.note(line);
    const outdated = plan.photos === 0 ? undefined : outdatedLine(flags.options);
    if (outdated !== undefined) context.terminal.note(outdated);
    const second = await chooseFallback(context, engine, connection, flags, credentialOf);
    if (second !== undefined) {
      const alone = await engine.call('description.plan', { ...asked, connectionId: second.connection.id });
      context.terminal.note(fallbackLine(alone));
    }
    outcome.fallbackId = second?.connection.id;
    const isFree = isFreePlan(plan) && (second === undefined || second.connection.price?.source === 'free');
    if (plan.photos > 0 && !(await agrees(context, isFree, flags))) {
      context.terminal.note(describeText.declined);
      outcome.isDeclined = true;
      return;
    }
    const wish = { ...asked, fallback: second?.fallback, orElse: atService };
    await runUntilHeld(engine, context, flags, connection, wish, outcome);
  }
  await finishReading(context, engine);
}

/** @throws {AppError} `consent-needed` when it costs money and nobody is there to be asked. */
async function agrees(
  { terminal }: CommandContext,
  isFree: boolean,
  { yes, budgetMicroUsd }: DescribeFlags,
): Promise<boolean> {
  if (isFree || yes || budgetMicroUsd !== null) return true;
  if (!terminal.isInteractive) throw new AppError('consent-needed');
  return terminal.confirm(describeText.question);
}

/** The newest run that waits for a batch of this connection. */
async function findRunAtService(engine: Engine, { id }: Connection): Promise<RunId | undefined> {
  const runs = await engine.call('run.list', {});
  return runs.find(({ connectionId, batch }) => connectionId === id && batch !== null)?.id;
}

type Asked = {
  connectionId: Connection['id'];
  options: RunOptions;
  fallback?: Fallback | undefined;
  /** The run to follow where there is nothing new to describe. */
  orElse: RunId | undefined;
};

async function runUntilHeld(
  engine: Engine,
  context: CommandContext,
  flags: DescribeFlags,
  connection: Connection,
  { orElse, ...asked }: Asked,
  outcome: Outcome,
): Promise<void> {
  const lane = laneOf(connection.id);
  const holdRule = new HoldRule({ wait: flags.wait });
  const follower = new Follower(context, engine, {
    lane,
    described: outcome.described,
    failed: outcome.failed,
  });
  const stopReset = engine.events.on('asset.described', () => {
    holdRule.reset();
  });
  try {
    const started = await engine.call('description.start', {
      ...asked,
      budgetMicroUsd: flags.budgetMicroUsd,
    });
    const { photos, waitingRuns } = started;
    const runId = started.runId ?? orElse;
    if (runId === undefined) return;
    for (const id of waitingRuns) {
      const { jobs } = await engine.call('run.get', { id });
      context.terminal.note(describeText.otherRunWaits(id, jobs.held + jobs.ready));
    }
    outcome.runId = runId;
    outcome.describingSinceMs = Date.now();
    follower.follow(runId, photos, flags.budgetMicroUsd);
    const lanes = new Set([
      lane,
      batchLaneOf(connection.id),
      ...(outcome.fallbackId === undefined ? [] : [laneOf(outcome.fallbackId)]),
    ]);
    engine.start((name) => isOwnWork(name) || lanes.has(name));
    await engine.whenRunSettles(runId, {
      isHeld: (pause) => holdRule.isHeld(pause),
      waitsForBatches: flags.wait,
    });
    outcome.heldBy = await findHold(engine, runId, lane, outcome.fallbackId);
    outcome.batch = (await engine.call('run.get', { id: runId })).batch;
  } finally {
    stopReset();
    follower.stop();
  }
}

async function countInFlight(engine: Engine, runId: RunId | undefined): Promise<number> {
  if (runId === undefined) return 0;
  const { unexplained } = await engine.call('usage.get', { runId });
  return unexplained.filter(({ booking }) => booking === 'pending').length;
}
