import { sep } from 'node:path';
import type { ErrorCode } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import { AppError } from '../platform/errors.ts';
import type { Engine } from '../engine.ts';
import { openReader, type Reader } from '../engine/reader.ts';
import { choosePlanned } from './choose-sending.ts';
import type { ConnectionChoice } from './connection-choice.ts';
import { interruptedStatus, toAbsolute, withReader, type CommandContext } from './context.ts';
import type { DescribeFlags } from './describe-flags.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { findConnection, findKnown } from './find-connection.ts';
import { fallbackLine, outdatedLine, planDocument, planLines, type Plan } from './plan-lines.ts';
import { needsAnotherFile } from './describe-next-step.ts';
import { countFiles, printReasons, type Reason } from './reason-list.ts';
import { storedSettings } from './stored-settings.ts';
import { describeText } from './text.ts';
import { planText } from './plan-text.ts';
import { isWebAddress } from './web-pictures.ts';

/** `cutline plan`: what `describe` would send and cost. */
export async function plan(
  context: CommandContext,
  folders: readonly string[],
  flags: DescribeFlags,
): Promise<ExitStatus> {
  const { terminal } = context;
  if (folders.some(isWebAddress)) throw new AppError('invalid-input', { reason: planText.address });
  const choice = await choosePlanned(context, flags);
  for (const note of choice.notes) terminal.note(note);
  const absolute = folders.map((folder) => toAbsolute(context, folder));
  const second = flags.fallback === undefined ? undefined : await settingsOf(context, flags.fallback);
  const wanted: Wanted = second === undefined ? [choice.settings] : [choice.settings, second];
  const plans =
    (await planInLibrary(context, absolute, flags, wanted)) ??
    (await planElsewhere(context, absolute, flags, wanted));
  if (plans === undefined) return interruptedStatus(context);
  const { planned, fallback, leftOut, described, unscanned } = plans;
  terminal.printJson({ ...planDocument(planned, fallback), leftOut: leftOut.map(toDocument), unscanned });
  for (const folder of unscanned) terminal.note(planText.unscanned(folder));
  if (planned.photos === 0 && unscanned.length === 0) {
    terminal.print(
      leftOut.length > 0 ? planText.nothingLeft : described > 0 ? planText.nothing : describeText.noPhotos,
    );
  } else if (planned.photos > 0) {
    for (const line of planLines(planned, flags.budgetMicroUsd, flags.options)) terminal.printText(line);
    const outdated = outdatedLine(flags.options);
    if (outdated !== undefined) terminal.printText(outdated);
    if (fallback !== undefined) terminal.printText(fallbackLine(fallback));
  }
  if (!terminal.isJson) {
    printReasons(context, planText.leftOut(countFiles(leftOut)), leftOut);
    if (leftOut.some(isRetryable)) terminal.note(describeText.retry);
  }
  return exitStatus.done;
}

function toDocument({ outcome, error, files }: Reason): Record<string, unknown> {
  return { outcome, code: error?.code, message: error === null ? null : messageFor(error), files };
}

function isRetryable({ outcome, error }: Reason): boolean {
  return outcome === 'failed' && error !== null && !needsAnotherFile(error);
}

type Planned = {
  readonly planned: Plan;
  readonly fallback: Plan | undefined;
  /** Why files of the scope would not be described, though they are photos. */
  readonly leftOut: readonly Reason[];
  readonly described: number;
  /** Folders of the scope that nobody has looked into yet: what is in them is not planned. */
  readonly unscanned: readonly string[];
};

type Settings = ConnectionChoice['settings'];
/** Of the connection, and of that for what it does not do. */
type Wanted = readonly [Settings, Settings?];

/** Of a connection that the library knows by this name. */
function settingsOf(context: CommandContext, named: string): Promise<Settings> {
  return withReader(context, async (reader) => storedSettings(await findConnection(reader, named)));
}

/** `undefined` when a folder is not in the library. */
async function planInLibrary(
  context: CommandContext,
  folders: string[],
  flags: DescribeFlags,
  wanted: Wanted,
): Promise<Planned | undefined> {
  const reader = openReader(context.libraryFolder);
  if (reader === undefined) {
    // Says that there is no library yet.
    if (folders.length === 0) await withReader(context, () => Promise.resolve());
    return undefined;
  }
  try {
    return await planAll(reader, folders, flags, wanted);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found' && folders.length > 0) return undefined;
    throw error;
  } finally {
    reader.close();
  }
}

/** Reads the folders in a library that is thrown away afterwards. `undefined` after Ctrl-C. */
async function planElsewhere(
  context: CommandContext,
  folders: string[],
  flags: DescribeFlags,
  wanted: Wanted,
): Promise<Planned | undefined> {
  const [{ createThrowAwayLibrary }, { prepareFolders }] = await Promise.all([
    import('../engine/samples.ts'),
    import('./prepare-folders.ts'),
  ]);
  const library = await createThrowAwayLibrary();
  try {
    const inside = { ...context, libraryFolder: library.libraryFolder };
    const end = await withEngine(inside, {}, async (engine) => {
      for (const settings of wanted) await introduce(context, engine, settings);
      const prepared = await prepareFolders(inside, engine, folders);
      return planAll(engine, [...prepared.folders], flags, wanted);
    });
    return end.status === 'finished' ? end.result : undefined;
  } finally {
    await library.remove();
  }
}

/** Tells a library that is thrown away how the connection is called, and what model turned out to be behind it. */
async function introduce(
  { libraryFolder }: CommandContext,
  engine: Pick<Engine, 'call'>,
  settings: Settings | undefined,
): Promise<void> {
  const reader = settings === undefined ? undefined : openReader(libraryFolder);
  if (reader === undefined || settings === undefined) return;
  try {
    const known = await findKnown(reader, settings);
    if (known === undefined) return;
    const { id, name } = await engine.call('connection.save', settings);
    await engine.call('connection.set', {
      connectionId: id,
      modelId: settings.modelId ?? known.modelId ?? known.learned.modelAnswered,
      ...(known.name === name ? {} : { name: known.name }),
    });
  } finally {
    reader.close();
  }
}

/** Nobody asks why these are not described. */
const noPhotos: ReadonlySet<ErrorCode> = new Set(['not-a-photo', 'sidecar']);

async function planAll(
  reader: Pick<Reader, 'call'>,
  folders: string[],
  flags: DescribeFlags,
  [connection, second]: Wanted,
): Promise<Planned> {
  const asked = {
    ...(folders.length === 0 ? {} : { folders }),
    ...(flags.query === undefined ? {} : { query: flags.query }),
    connection,
  };
  const reasons = await reader.call('description.summarize', asked);
  return {
    planned: await planIn(reader, folders, flags, connection),
    fallback: second === undefined ? undefined : await planIn(reader, folders, flags, second),
    leftOut: reasons.filter(
      ({ outcome, error }) => outcome !== 'waiting' && error !== null && !noPhotos.has(error.code),
    ),
    described: (await reader.call('description.count', asked)).described,
    unscanned: await listUnscanned(reader, folders),
  };
}

async function listUnscanned(reader: Pick<Reader, 'call'>, folders: readonly string[]): Promise<string[]> {
  const roots = await reader.call('root.list', {});
  const unscanned = roots.filter(({ scannedAtMs }) => scannedAtMs === null).map(({ path }) => path);
  if (folders.length === 0) return unscanned;
  return unscanned.filter((path) =>
    folders.some((folder) => folder === path || folder.startsWith(path + sep)),
  );
}

function planIn(
  reader: Pick<Reader, 'call'>,
  folders: string[],
  { query, limit, options }: DescribeFlags,
  connection: Settings,
): Promise<Plan> {
  return reader.call('description.plan', {
    ...(folders.length === 0 ? {} : { folders }),
    ...(query === undefined ? {} : { query }),
    ...(limit === undefined ? {} : { limit }),
    connection,
    options,
  });
}
