import { spawn } from 'node:child_process';
import { fromEngine, type FromEngine, type ToEngine } from '../../app/host/engine-messages.ts';

export type EngineProcessOptions = {
  /** Node itself, and the file that it runs. */
  readonly node: string;
  readonly entry: string;
  /** Where what was compiled is kept for the next start, of this process and of those that it starts. Not kept without. */
  readonly codeCache?: string;
};

export interface EngineProcess {
  readonly pid: number | undefined;
  send(message: ToEngine): void;
  /** At once; what was sent and paid for is booked by the next engine. */
  kill(): void;
}

export type EngineProcessListeners = {
  readonly onMessage: (message: FromEngine) => void;
  /** Also when it could not be started. */
  readonly onExit: () => void;
};

/**
 * Starts the engine in plain Node, on every system: it starts processes of its own (decoder, watcher, ExifTool), which
 * Electron's binary cannot be once its `runAsNode` fuse is off, and sharp's GLib collides with Electron's on Linux.
 * Messages are JSON, since Electron's V8 and Node's do not share a binary format.
 */
export function startEngineProcess(
  { node, entry, codeCache }: EngineProcessOptions,
  { onMessage, onExit }: EngineProcessListeners,
): EngineProcess {
  // What is meant for this process would be meant for that one too, and ends it.
  const { NODE_OPTIONS: _options, ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const child = spawn(node, [entry], {
    env: codeCache === undefined ? env : { ...env, NODE_COMPILE_CACHE: codeCache },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'json',
    windowsHide: true,
  });
  let hasEnded = false;
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    onExit();
  };
  child.on('message', (data: unknown) => {
    onMessage(fromEngine.parse(data));
  });
  child.on('exit', end);
  child.on('error', end);
  return {
    pid: child.pid,
    send: (message) => {
      // A process that is just ending takes nothing any more; its exit follows.
      if (child.connected) child.send(message, () => undefined);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
