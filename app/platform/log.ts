import pino from 'pino';

/** What the engine says for maintainers, as JSON lines. Sentences for people are in `contract/messages`. */
export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}

export type LogFacts = Readonly<Record<string, unknown>>;

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Names that may carry a secret: what stands under them is never written, however deep (DESIGN §10). */
const secretName = /^(?:api[-_]?key|authorization|credential|headers|password|secret|sig|token)$/i;
/** Query strings may hold signatures. */
const queryOfUrl = /(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/gi;
/** Deeper than anything that we log on purpose; what has no end must end somewhere. */
const mostDepth = 6;

function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replaceAll(queryOfUrl, '$1?(query)');
  if (typeof value !== 'object' || value === null) return value;
  if (depth === mostDepth) return '(more)';
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  const named = value instanceof Error ? pino.stdSerializers.err(value) : value;
  return Object.fromEntries(
    Object.entries(named).map(([name, inner]) => [
      name,
      secretName.test(name) ? '(secret)' : withoutSecrets(inner, depth + 1),
    ]),
  );
}

/** A log file that is appended to, one JSON object per line. `close` writes what is left. */
export function openLogFile(path: string): Log & { close(): void } {
  const destination = pino.destination({ dest: path, append: true, mkdir: true, sync: true });
  // A full disk must not end the engine through its log.
  destination.on('error', () => undefined);
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (message, facts = {}) => {
      logger.info(withoutSecrets(facts), message);
    },
    warn: (message, facts = {}) => {
      logger.warn(withoutSecrets(facts), message);
    },
    error: (message, facts = {}) => {
      logger.error(withoutSecrets(facts), message);
    },
    close: () => {
      destination.end();
    },
  };
}
