import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../engine.ts';
import type { CredentialOf } from '../engine/connections.ts';
import { AppError } from '../platform/errors.ts';
import { SystemSecretBox } from '../platform/system-secret-box.ts';
import type { CommandContext } from './context.ts';
import { interruptText, libraryText } from './text.ts';

export type SessionOptions = {
  readonly credentialOf?: CredentialOf;
  /** Waits for the library while another engine has it. @default false */
  readonly wait?: boolean;
  /** The work ends by itself when the signal of `context.interrupts` aborts; the engine is closed after that. @default false */
  readonly endsBySignal?: boolean;
  /** How many requests are on their way and paid, for the sentence after Ctrl-C. */
  readonly countInFlight?: (engine: Engine) => Promise<number>;
};

/** How work with an engine ended. The engine is closed by then. */
export type SessionEnd<Result> =
  | { readonly status: 'finished'; readonly result: Result }
  /** Ctrl-C, SIGTERM, or nobody reads our output any more. What was paid for is stored. */
  | { readonly status: 'interrupted' };

/** After a second Ctrl-C nothing may take longer than this. */
const longestAbortMs = 3_000;

/**
 * Opens the library for writing, works, and closes it again, whatever happens.
 *
 * @throws {AppError} as the engine's constructor and `work`; `disk-full` and the like when the engine cannot go on.
 */
export async function withEngine<Result>(
  context: CommandContext,
  options: SessionOptions,
  work: (engine: Engine) => Promise<Result>,
): Promise<SessionEnd<Result>> {
  const engine = await openEngine(context, options);
  const interrupted = Promise.withResolvers<{ status: 'interrupted' }>();
  const failed = Promise.withResolvers<never>();
  engine.events.on('engine.failed', ({ error }) => {
    failed.reject(new AppError(error.code, error.details));
  });
  const finished = work(engine).then((result): SessionEnd<Result> => ({ status: 'finished', result }));
  const endAfter = async (stopping: Promise<unknown>): Promise<void> => {
    try {
      await stopping;
      interrupted.resolve({ status: 'interrupted' });
    } catch (error) {
      interrupted.reject(error);
    }
  };
  const drain = async (): Promise<void> => {
    await sayStopping(context, engine, options);
    await (options.endsBySignal === true ? finished : engine.close());
  };
  context.interrupts.handle({
    drain: () => void endAfter(drain()),
    abort: () => {
      context.terminal.note(interruptText.stoppedAtOnce);
      // Ends the drain too, which waits for the same jobs.
      void endAfter(Promise.race([engine.close({ abort: true }), pause(longestAbortMs)]));
    },
  });
  try {
    const end = await Promise.race([finished, interrupted.promise, failed.promise]);
    if (end.status === 'finished') await engine.close();
    return end;
  } catch (error) {
    // After a signal the work meets a closed library; that is no error of its own.
    if (context.interrupts.signal.aborted) return await interrupted.promise;
    await engine.close();
    throw error;
  } finally {
    context.interrupts.handle(undefined);
    context.terminal.hideProgress();
  }
}

async function openEngine(context: CommandContext, { credentialOf, wait }: SessionOptions): Promise<Engine> {
  const { Engine: EngineClass } = await import('../engine.ts');
  for (let isFirst = true; ; isFirst = false) {
    try {
      return new EngineClass({
        libraryFolder: context.libraryFolder,
        secrets: new SystemSecretBox(),
        ...(credentialOf === undefined ? {} : { credentialOf }),
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'library-in-use' || wait !== true) throw error;
      if (isFirst) context.terminal.note(libraryText.waitingForLibrary);
      await pause(1_000);
    }
  }
}

async function sayStopping(
  { terminal, interrupts }: CommandContext,
  engine: Engine,
  { countInFlight }: SessionOptions,
): Promise<void> {
  const requests = await countInFlight?.(engine);
  // Without a signal it was the reader of our output who left: nobody is there to be told.
  if (interrupts.received === undefined) return;
  terminal.note(
    requests === undefined || requests === 0 ? interruptText.stopping : interruptText.finishing(requests),
  );
}
