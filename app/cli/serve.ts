import { join } from 'node:path';
import { messageFor } from '../contract/messages/en.ts';
import type { EngineState } from '../contract/engine-state.ts';
import { EngineHost } from '../host/engine-host.ts';
import { isBuilt, rendererFolder } from '../host/renderer-folder.ts';
import { isLoopback } from '../host/web/host-names.ts';
import { startWebHost, type WebHost } from '../host/web/web-host.ts';
import { AppError, writeErrorCode } from '../platform/errors.ts';
import { openLogFile } from '../platform/log.ts';
import { SystemSecretBox } from '../platform/system-secret-box.ts';
import { makePrivateFolder } from '../platform/private-folder.ts';
import { environmentCredentials } from '../engine/environment-credential.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import type { ExitStatus } from './exit-status.ts';
import { openInBrowser } from './open-browser.ts';
import { toLine } from './printable.ts';
import { interruptText, serveText } from './text.ts';

export type ServeFlags = {
  readonly port?: number;
  readonly host?: string;
  readonly allowHost?: readonly string[];
  readonly open?: true;
};

/** `cutline serve`: the app in a browser, until Ctrl-C. The engine works meanwhile as it does in the desktop window. */
export async function serve(context: CommandContext, flags: ServeFlags): Promise<ExitStatus> {
  const { env, libraryFolder } = context;
  makeFolder(libraryFolder);
  const log = openLogFile(join(libraryFolder, 'serve.log'));
  const credentialOf = environmentCredentials(env);
  const engine = new EngineHost({
    libraryFolder,
    credentialOf,
    secrets: new SystemSecretBox(),
    log,
  });
  const folders = { renderer: rendererFolder(), library: libraryFolder };
  const host = await startWebHost({
    folders,
    bookmarkFolder: libraryFolder,
    connect: (port) => {
      engine.connect(port);
    },
    log,
    host: flags.host,
    port: flags.port,
    allowedHosts: flags.allowHost,
  });
  tellAddress(context, host, flags);
  if (!isBuilt(folders.renderer)) context.terminal.note(serveText.notBuilt);
  engine.onState((state) => {
    tellState(context, state);
  });
  const ended = untilInterrupted(context, engine);
  engine.open();
  if (flags.open === true) openInBrowser(host.url);
  await ended;
  await host.close();
  log.close();
  context.terminal.note(serveText.stopped);
  return interruptedStatus(context);
}

function makeFolder(folder: string): void {
  try {
    makePrivateFolder(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      writeErrorCode(error) ?? 'library-unavailable',
      { path: folder, reason },
      { cause: error },
    );
  }
}

function tellAddress({ terminal }: CommandContext, host: WebHost, flags: ServeFlags): void {
  if (host.takenPort !== undefined) terminal.note(serveText.portTaken(host.takenPort, host.port));
  if (flags.host !== undefined && !isLoopback(flags.host)) terminal.note(serveText.open);
  terminal.print(host.url);
  terminal.printJson({ url: host.url, port: host.port });
  terminal.note(serveText.keepIt);
}

function tellState({ terminal }: CommandContext, state: EngineState): void {
  if (state.kind === 'stopped') {
    terminal.note(toLine(messageFor(state.error)));
    if (state.retryAtMs !== null) terminal.note(serveText.triedAgain);
  }
}

/** The first signal drains, the second stops at once. */
function untilInterrupted({ terminal, interrupts }: CommandContext, engine: EngineHost): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const end = async (options: { abort?: boolean }): Promise<void> => {
    try {
      await engine.close(options);
      resolve(undefined);
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  interrupts.handle({
    drain: () => {
      terminal.note(interruptText.stopping);
      void end({});
    },
    abort: () => {
      terminal.note(interruptText.stoppedAtOnce);
      void end({ abort: true });
    },
  });
  return promise;
}
