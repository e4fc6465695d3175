import { basename } from 'node:path';
import { threadId, type AssetId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Arguments, Output } from '../contract/procedures.ts';
import { isInsecure } from '../engine/connection-settings.ts';
import { credentialByName } from '../engine/environment-credential.ts';
import type { Reader } from '../engine/reader.ts';
import type { Engine } from '../engine.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import type { AskFlags } from './ask-flags.ts';
import { printOutcome, type AskOutcome } from './ask-outcome.ts';
import { chooseThreadConnection } from './ask-connection.ts';
import { chooseSending } from './choose-sending.ts';
import type { ConnectionChoice } from './connection-choice.ts';
import { withReader, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatUsd } from './money.ts';
import { toFractions } from './parse-crop.ts';
import { toLine } from './printable.ts';
import { StreamText } from './stream-text.ts';
import { connectionText, describeText } from './text.ts';
import { askText } from './ask-text.ts';
import { fetchWords, isWebAddress } from './web-pictures.ts';
import { forgetUnanswered, saveForCommand, type CommandConnection } from './unanswered.ts';
import { findPhoto } from './find-photo.ts';

type Wish = Omit<Arguments<'thread.ask'>, 'connectionId'>;
type Plan = Output<'thread.plan'>;
type Found = Output<'asset.get'>;

/** What a question may cost at most without being asked back, in micro-dollars: five cents. */
const smallSum = 50_000;

/** `cutline ask`: a question about photos. The last of `words` is the question, those before it are the photos. */
export async function ask(
  context: CommandContext,
  words: readonly string[],
  flags: AskFlags,
): Promise<ExitStatus> {
  const { terminal } = context;
  const named = words.slice(0, -1);
  const question = (words.at(-1) ?? '').trim();
  if (question === '' || (named.length === 0 && flags.thread === undefined)) {
    throw new AppError('invalid-input', { reason: askText.usage });
  }
  const choice = await chooseWhom(context, flags);
  const { kind } = choice.settings;
  if (kind === 'built-in' || kind === 'azure-vision') throw new AppError('no-questions');
  for (const note of choice.notes) terminal.note(note);

  const photos = named.some(isWebAddress) ? await fetchPhotos(context, named, flags) : named;
  const prepared = await withReader(context, async (reader) => {
    const found = await findPhotos(context, reader, photos);
    const asked = await toWish(reader, found, question, flags);
    const plan = await reader.call('thread.plan', { ...asked, connection: choice.settings });
    return { wish: asked, plan, names: new Map(found.map(({ id, path }) => [id, basename(path)])) };
  });
  const { wish, plan, names } = prepared;
  const model = plan.model === null ? null : toLine(plan.model);
  terminal.note(askText.plan({ ...plan, connection: toLine(plan.connection), model }));
  if (!(await agrees(context, plan, flags))) {
    terminal.note(describeText.declined);
    return 0;
  }
  return askInParts(context, choice, { wish, plan, names }, flags);
}

/** About more photos than the service takes in one request, one question after the other, each a thread of its own. */
async function askInParts(
  context: CommandContext,
  choice: ConnectionChoice,
  { wish, plan, names }: { wish: Wish; plan: Plan; names: ReadonlyMap<AssetId, string> },
  flags: AskFlags,
): Promise<ExitStatus> {
  const { parts, maxCostMicroUsd } = plan;
  // Each part is held to the budget by the engine; all of them together are here.
  if (flags.budget !== undefined && maxCostMicroUsd !== null && maxCostMicroUsd > flags.budget) {
    throw new AppError('budget-exceeded', {
      budget: formatUsd(flags.budget),
      limitMicroUsd: flags.budget,
    });
  }
  let status: ExitStatus = exitStatus.done;
  for (const [index, assetIds] of parts.entries()) {
    const which = assetIds.flatMap((id) => names.get(id) ?? []);
    if (parts.length > 1) context.terminal.note(askText.partOf(index + 1, parts.length));
    // Answers speak of the third photo, or of photo 3.
    if (which.length > 1) context.terminal.note(toLine(askText.which(which)));
    const asked = parts.length === 1 ? wish : { ...wish, assetIds };
    const outcome = await askEngine(context, choice, asked, flags);
    const ended = printOutcome(context, { ...outcome, plan });
    if (context.interrupts.signal.aborted) return ended;
    if (ended !== exitStatus.done) status = ended;
  }
  return status;
}

/** Photos that are named by their address are fetched, and read as files are before anything is asked about them. */
async function fetchPhotos(
  context: CommandContext,
  named: readonly string[],
  { allowPrivate, wait }: AskFlags,
): Promise<readonly string[]> {
  let photos: readonly string[] = [];
  await withEngine(context, { wait: wait === true, credentialOf: () => undefined }, async (engine) => {
    engine.start((lane) => lane === 'ingest');
    const { words } = await fetchWords(context, engine, named, {
      as: 'file',
      allowPrivate: allowPrivate === true,
    });
    await engine.whenIdle(['ingest']);
    photos = words;
  });
  return photos;
}

/** Going on with a thread, the same connection answers, unless another is named. */
async function chooseWhom(context: CommandContext, flags: AskFlags): Promise<ConnectionChoice> {
  if (flags.thread === undefined || flags.connection !== undefined) {
    return chooseSending(context, flags);
  }
  const id = threadId.parse(flags.thread);
  return withReader(context, (reader) => chooseThreadConnection(reader, id, context.env));
}

async function findPhotos(
  context: CommandContext,
  reader: Reader,
  photos: readonly string[],
): Promise<readonly Found[]> {
  const found = [];
  for (const photo of photos) found.push(await findPhoto(context, reader, photo));
  return found;
}

async function toWish(
  reader: Reader,
  found: readonly Found[],
  question: string,
  flags: AskFlags,
): Promise<Wish> {
  let shown = found.map(({ id }) => id);
  let picture = found[0]?.metadata;
  if (flags.thread !== undefined && found.length === 0 && flags.crop !== undefined) {
    const thread = await reader.call('thread.get', { id: threadId.parse(flags.thread) });
    shown = thread.answers.at(-1)?.assetIds ?? [];
    const [id] = shown;
    if (id !== undefined) picture = (await reader.call('asset.get', { id })).metadata;
  }
  if (flags.crop !== undefined && shown.length !== 1) {
    throw new AppError('invalid-input', { reason: askText.cropOfOne });
  }
  const { widthPx, heightPx } = picture ?? { widthPx: null, heightPx: null };
  const isSized = widthPx !== null && heightPx !== null;
  return {
    question,
    ...(flags.thread === undefined ? {} : { threadId: flags.thread }),
    ...(found.length === 0 ? {} : { assetIds: shown }),
    ...(flags.crop !== undefined && isSized ? { crop: toFractions(flags.crop, { widthPx, heightPx }) } : {}),
    ...(flags.moment === undefined ? {} : { moment: flags.moment }),
    ...(flags.detail === undefined ? {} : { detail: flags.detail }),
    ...(flags.maxImageTokens === undefined ? {} : { maxImageTokens: flags.maxImageTokens }),
    ...(flags.budget === undefined ? {} : { budgetMicroUsd: flags.budget }),
    ...(flags.sendUrl === true && { sendsAddresses: true }),
  };
}

/**
 * Whoever names a service and writes a question has agreed to what one question costs; to more than a few cents, or to
 * what nobody knows, they have to agree.
 *
 * @throws {AppError} `consent-needed` when nobody is there to be asked.
 */
async function agrees({ terminal }: CommandContext, plan: Plan, flags: AskFlags): Promise<boolean> {
  const { maxCostMicroUsd, price } = plan;
  const isSmall = price?.source === 'free' || (maxCostMicroUsd !== null && maxCostMicroUsd <= smallSum);
  if (isSmall || flags.yes === true || flags.budget !== undefined) return true;
  if (!terminal.isInteractive) throw new AppError('consent-needed');
  return terminal.confirm(describeText.question);
}

async function askEngine(
  context: CommandContext,
  choice: ConnectionChoice,
  wish: Wish,
  flags: AskFlags,
): Promise<AskOutcome> {
  const outcome: { -readonly [Key in keyof AskOutcome]: AskOutcome[Key] } = { isStreamed: false };
  const asked: { connection?: CommandConnection } = {};
  try {
    await askWith(context, choice, wish, flags, { outcome, asked });
  } finally {
    if (outcome.answer === undefined && asked.connection !== undefined) {
      await forgetUnanswered(context, asked.connection);
    }
  }
  return outcome;
}

async function askWith(
  context: CommandContext,
  choice: ConnectionChoice,
  wish: Wish,
  flags: AskFlags,
  {
    outcome,
    asked,
  }: {
    readonly outcome: { -readonly [Key in keyof AskOutcome]: AskOutcome[Key] };
    readonly asked: { connection?: CommandConnection };
  },
): Promise<void> {
  await withEngine(
    context,
    {
      wait: flags.wait === true,
      // The key belongs to the connection that this command names, and to no other that the library knows.
      credentialOf: (connection) =>
        connection.id === asked.connection?.id
          ? (credentialByName(context.env, connection) ?? choice.credential)
          : undefined,
      endsBySignal: true,
    },
    async (engine) => {
      const connection = await saveForCommand(engine, choice.settings);
      asked.connection = connection;
      if (isInsecure(connection)) {
        context.terminal.note(connectionText.insecure(new URL(connection.endpoint ?? '').host));
      }
      try {
        outcome.answer = await stream(context, engine, { ...wish, connectionId: connection.id }, outcome);
      } catch (error) {
        // Stopped before anything came.
        if (!context.interrupts.signal.aborted) throw error;
        return;
      }
      if (flags.useAs !== undefined) await use(context, engine, flags.useAs, outcome);
    },
  );
}

/** Shows the answer as it comes, where somebody watches. */
async function stream(
  { terminal, interrupts }: CommandContext,
  engine: Engine,
  asked: Arguments<'thread.ask'>,
  outcome: { isStreamed: boolean },
): Promise<Output<'thread.ask'>> {
  const text = new StreamText((piece) => {
    terminal.printPiece(piece);
  }, terminal.width);
  // What is said about stopping stands on a line of its own.
  const endLine = (): void => {
    text.end();
  };
  interrupts.signal.addEventListener('abort', endLine);
  try {
    return await engine.call('thread.ask', asked, {
      signal: interrupts.signal,
      onPart: (part) => {
        if ('waitingUntilMs' in part) terminal.note(askText.waiting(part.waitingUntilMs - Date.now()));
        if (!('text' in part) || !terminal.showsAsItComes || interrupts.signal.aborted) return;
        outcome.isStreamed = true;
        text.push(part.text);
      },
    });
  } finally {
    interrupts.signal.removeEventListener('abort', endLine);
    text.end();
  }
}

/** What cannot be used is said; the answer itself was given and paid. */
async function use(
  { terminal }: CommandContext,
  engine: Engine,
  as: 'caption' | 'keywords',
  outcome: { answer?: AskOutcome['answer']; used?: AskOutcome['used']; useError?: AskOutcome['useError'] },
): Promise<void> {
  const { answer } = outcome;
  if (answer === undefined) return;
  if (answer.isPartial) {
    outcome.useError = new AppError('invalid-input', { reason: askText.partialNotUsed }).toInfo();
    return;
  }
  try {
    outcome.used = { as, ...(await engine.call('thread.use', { answerId: answer.answerId, as })) };
  } catch (error) {
    outcome.useError = toAppError(error).toInfo();
    terminal.note(toLine(messageFor(outcome.useError)));
  }
}
