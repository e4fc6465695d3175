import pino from 'pino';

/** What the engine says for maintainers, as JSON lines. Sentences for people are in `contract/messages`. */
export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}

export type LogFacts = Readonly<Record<string, unknown>>;

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Names that may carry a secret are never written, wherever they stand (DESIGN §10). */
const secretNames = ['apiKey', 'api-key', 'api_key', 'authorization', 'Authorization', 'secret', 'credential', 'headers', 'sig', 'token'];

/** A log file that is appended to, one JSON object per line. `close` writes what is left. */
export function openLogFile(path: string): Log & { close(): void } {
  const destination = pino.destination({ dest: path, append: true, mkdir: true, sync: true });
  // A full disk must not end the engine through its log.
  destination.on('error', () => undefined);
  const logger = pino(
    {
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '(secret)' },
      serializers: { error: pino.stdSerializers.err },
    },
    destination,
  );
  return {
    info: (message, facts) => {
      logger.info(facts ?? {}, message);
    },
    warn: (message, facts) => {
      logger.warn(facts ?? {}, message);
    },
    error: (message, facts) => {
      logger.error(facts ?? {}, message);
    },
    close: () => {
      destination.end();
    },
  };
}
