import { findMissingKey } from '../../contract/missing-key.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Connection } from '../../contract/models/connection.ts';
import type { LookReport } from '../../providers/servers/look-at-connection.ts';
import { listConnections } from '../../settings/connection-store.ts';
import type { ConnectionKeys, ReadContext } from '../handlers/context.ts';
import type { Examination } from './examination.ts';
import { toFinding } from './to-finding.ts';

/** Keys are by minutes no matter; certificates and tokens are. */
const toleratedMs = 120_000;

/** Keys, and how each connection stands: as it was when last used, or, online, as it is now. */
export async function checkConnections(context: ReadContext, examination: Examination): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const connection of listConnections(context.read)) {
    const key = context.keys === undefined ? [] : await checkKey(connection, context.keys);
    found.push(...key);
    const lacksKey = key.some(({ code }) => code === 'key-missing');
    // Whatever it was when it was last used: now it cannot be.
    if (lacksKey) continue;
    const isAsked = examination.isOnline && saysOfItself(connection);
    if (isAsked) found.push(...(await askConnection(connection, context, examination)));
    else found.push(stateOf(connection));
  }
  if (examination.isOnline) found.push(...(await findServers(examination)));
  return found;
}

/** Image Analysis answers nothing but pictures, and a check-up sends none. */
function saysOfItself({ kind }: Connection): boolean {
  return kind !== 'built-in' && kind !== 'azure-vision';
}

async function checkKey(connection: Connection, keys: ConnectionKeys): Promise<Finding[]> {
  const { name, kind } = connection;
  if (kind === 'built-in') return [];
  const place = keys.placeOf(connection);
  if (place !== null) {
    return [toFinding(place === 'system-weak' ? 'key-weakly-kept' : 'key-there', { name, place })];
  }
  const variable = findMissingKey(connection, false);
  return variable === undefined ? [] : [toFinding('key-missing', { name, variable })];
}

function stateOf({ name, state, error }: Connection): Finding {
  if (state === 'ready') return toFinding('connection-ready', { name });
  return toFinding(state === 'blocked' ? 'connection-blocked' : 'connection-offline', { name }, error);
}

/** As a test of the connection without its picture. */
async function askConnection(
  connection: Connection,
  { keys, now }: ReadContext,
  { signal }: Examination,
): Promise<Finding[]> {
  const { findMissingPart } = await import('../../providers/client.ts');
  const { lookAtConnection } = await import('../../providers/servers/look-at-connection.ts');
  const { name } = connection;
  const credential = keys?.credentialOf(connection);
  const reason = findMissingPart({ connection, credential });
  if (reason !== undefined) {
    return [toFinding('connection-fails', { name }, { code: 'provider-misconfigured', details: { reason } })];
  }
  let report: LookReport | undefined;
  const look = await lookAtConnection(connection, {
    credential,
    signal,
    onReply: (reply) => {
      report = reply;
    },
  });
  if (signal.aborted) return [];
  const model = look.learned.modelAnswered ?? connection.deployment;
  const found =
    look.error === undefined
      ? toFinding('connection-answers', { name, ...(model === null ? {} : { model }) })
      : toFinding('connection-fails', { name }, look.error.info);
  return [found, ...compareClocks(report, now())];
}

/** A server of our own has our own clock, or one that nobody checks. */
function compareClocks(report: LookReport | undefined, nowMs: number): Finding[] {
  if (report === undefined) return [];
  const { host } = new URL(report.url);
  const ahead = nowMs - report.serverMs;
  if (Math.abs(ahead) <= toleratedMs) return [toFinding('clock-agrees', { host })];
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return [toFinding('clock-differs', { host, minutes, direction: ahead > 0 ? 'ahead' : 'behind' })];
}

const serverNames = {
  ollama: 'Ollama',
  'lm-studio': 'LM Studio',
  'llama-cpp': 'llama.cpp',
  vllm: 'vLLM',
  openai: 'OpenAI',
  other: 'A server of models',
} as const;

async function findServers({ signal, ports }: Examination): Promise<Finding[]> {
  const { discover } = await import('../discovery.ts');
  const servers = await discover(ports, signal);
  if (servers.length === 0) return [toFinding('server-none')];
  return servers.map(({ server, endpoint, needsKey, models }) => {
    if (needsKey) return toFinding('server-locked', { endpoint });
    const seeing = models.filter(({ vision }) => vision === 'yes').map(({ id }) => id);
    const facts = { server: serverNames[server], endpoint };
    if (seeing.length > 0) {
      return toFinding('server-found', { ...facts, seeing: seeing.slice(0, 5).join(', ') });
    }
    const isUnsaid = models.some(({ vision }) => vision === 'unknown');
    return toFinding(isUnsaid ? 'server-unsaid' : 'server-blind', facts);
  });
}
