/**
 * @file The desktop's engine, in a process of its own: plain Node, so that SQLite and libvips can neither freeze a window
 * nor take it down. It serves the ports of pages that its parent passes on, and ends when its parent does.
 */

import { join } from 'node:path';
import { environmentCredentials } from '../engine/environment-credential.ts';
import { openLogFile, silentLog, type Log } from '../platform/log.ts';
import { makePrivateFolder } from '../platform/private-folder.ts';
import { EngineHost } from './engine-host.ts';
import { toEngine, type FromEngine, type ToEngine } from './engine-messages.ts';
import { BufferedPort } from '../contract/buffered-port.ts';
import { ProcessDecoder } from './process-decoder.ts';
import { ProcessSecretBox } from './process-secret-box.ts';

const ports = new Map<number, BufferedPort>();
let host: EngineHost | undefined;
let secrets: ProcessSecretBox | undefined;
let decoder: ProcessDecoder | undefined;

function tell(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}

/** The library's folder may not be there, or not be ours to write: the engine says so itself. */
function openLog(libraryFolder: string): Log {
  try {
    makePrivateFolder(libraryFolder);
    return openLogFile(join(libraryFolder, 'desktop.log'));
  } catch {
    return silentLog;
  }
}

function start(
  libraryFolder: string,
  box: ProcessSecretBox,
  ownDecoder: ProcessDecoder | undefined,
): EngineHost {
  const credentialOf = environmentCredentials(process.env);
  const log = openLog(libraryFolder);
  process.on('uncaughtException', (error) => {
    log.error('the engine process met an error that nobody expected', { error });
    process.exit(1);
  });
  const started = new EngineHost({
    libraryFolder,
    credentialOf,
    secrets: box,
    log,
    ...(ownDecoder === undefined ? {} : { ownDecoder }),
  });
  started.onState((state) => {
    tell({ type: 'state', state });
  });
  return started;
}

async function end(abort: boolean): Promise<void> {
  await host?.close({ abort });
  process.exit(0);
}

function receive(message: ToEngine): void {
  switch (message.type) {
    case 'start':
      secrets = new ProcessSecretBox({
        place: message.secretPlace,
        secrets: message.secrets,
        send: (wish) => {
          tell({ type: 'keep-secret', ...wish });
        },
      });
      decoder = message.hasDecoder ? new ProcessDecoder(tell) : undefined;
      host = start(message.libraryFolder, secrets, decoder);
      host.open();
      break;
    case 'open': {
      const { port: id } = message;
      const port = new BufferedPort({
        send: (text) => {
          tell({ type: 'text', port: id, text });
        },
        close: () => {
          ports.delete(id);
          tell({ type: 'closed', port: id });
        },
      });
      ports.set(id, port);
      host?.connect(port);
      break;
    }
    case 'text':
      ports.get(message.port)?.received(message.text);
      break;
    case 'close':
      ports.get(message.port)?.ended();
      ports.delete(message.port);
      break;
    case 'secret-kept':
      secrets?.kept(message.request, message.reason);
      break;
    case 'frame-taken':
      decoder?.taken(message.request, message.outcome);
      break;
    case 'end':
      void end(message.abort);
      break;
  }
}

process.on('message', (data: unknown) => {
  receive(toEngine.parse(data));
});
// Whoever started us is gone, however that happened: nobody could reach us any more.
process.on('disconnect', () => {
  void end(false);
});
