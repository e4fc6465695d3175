import type { ErrorInfo } from '../contract/errors.ts';
import type { ConnectionId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Output } from '../contract/procedures.ts';
import { findMissingPart } from '../providers/client.ts';
import type { ConnectionLook } from '../providers/servers/look-at-connection.ts';
import { errorOf } from '../jobs/outcomes.ts';
import { sendProbe, type Probe } from '../jobs/send-probe.ts';
import { getConnection, saveLearned } from '../settings/connection-store.ts';
import { findPrice, modelOf } from '../usage/prices.ts';
import { laneOf } from '../jobs/connection-lane.ts';
import { toServedModels } from './discovery.ts';
import type { EngineParts } from './parts.ts';

type Tested = Output<'connection.test'>;
type Check = Tested['checks'][number];

const checkNames = ['settings', 'reach', 'key', 'model', 'vision', 'answer', 'price'] as const;

/**
 * Finds out what is wrong with a connection, cheapest question first, and keeps what it learns. Once nothing is wrong, a
 * queue that waited for a person goes on: one has acted.
 */
export async function testConnection(
  parts: EngineParts,
  id: ConnectionId,
  { sendPicture, signal }: { readonly sendPicture: boolean; readonly signal: AbortSignal },
): Promise<Tested> {
  const findings = new Findings();
  const connection = getConnection(parts.read, id);
  let look: ConnectionLook | undefined;
  let probe: Probe | undefined;
  if (connection.kind === 'built-in') {
    findings.pass(...checkNames);
  } else {
    look = await lookFor(parts, connection, findings, signal);
    if (sendPicture && !findings.hasFailed) {
      probe = await sendProbe(parts, connection, signal);
      judgeProbe(probe, findings);
    }
  }
  const now = getConnection(parts.read, id);
  judgePrice(now, findings);
  if (!findings.hasFailed) letGoOn(parts, id);
  parts.events.emit('connection.changed', { connectionId: id });
  const answer = probe?.outcome.status === 'answered' ? probe.outcome : undefined;
  return {
    isUsable: !findings.hasFailed,
    checks: findings.list(),
    server: now.learned.server ?? null,
    model: modelOf(now) ?? null,
    models: toServedModels(look?.models ?? []),
    price: findPrice(now) ?? null,
    requestsPerMinute: now.requestsPerMinute,
    tokensPerMinute: now.tokensPerMinute,
    elapsedMs: probe === undefined || probe.requestId === null ? null : probe.elapsedMs,
    requestId: probe?.requestId ?? null,
    usage: answer?.usage ?? null,
    costMicroUsd: probe === undefined ? 0 : probe.costMicroUsd,
  };
}

/** What every check found, in the order of the contract. */
class Findings {
  readonly #checks = new Map<Check['name'], Omit<Check, 'name'>>();

  get hasFailed(): boolean {
    return [...this.#checks.values()].some(({ state }) => state === 'failed');
  }

  pass(...names: readonly Check['name'][]): void {
    for (const name of names) this.#checks.set(name, { state: 'ok', error: null });
  }

  fail(name: Check['name'], error: ErrorInfo): void {
    this.#checks.set(name, { state: 'failed', error });
  }

  warn(name: Check['name'], error: ErrorInfo): void {
    this.#checks.set(name, { state: 'warning', error });
  }

  list(): Check[] {
    return checkNames.map((name) => ({
      name,
      ...(this.#checks.get(name) ?? { state: 'unknown', error: null }),
    }));
  }
}

/** Everything that can be known without sending a picture. */
async function lookFor(
  parts: EngineParts,
  connection: Connection,
  findings: Findings,
  signal: AbortSignal,
): Promise<ConnectionLook | undefined> {
  const credential = parts.pool.credentialOf(connection);
  const missing = findMissingPart({ connection, credential });
  if (missing !== undefined) {
    findings.fail('settings', { code: 'provider-misconfigured', details: { reason: missing } });
    return undefined;
  }
  const look = await parts.lookAt(connection);
  signal.throwIfAborted();
  parts.transact((db) => {
    saveLearned(db, connection.id, look.learned);
  });
  findings.pass(...look.passed);
  if (look.error !== undefined) findings.fail(look.error.check, look.error.info);
  return look;
}

/** Where each way in which the picture can end belongs. */
const checkOfCode: Readonly<Partial<Record<ErrorInfo['code'], Check['name']>>> = {
  'provider-misconfigured': 'settings',
  'provider-unreachable': 'reach',
  'provider-not-found': 'reach',
  'provider-unauthorized': 'key',
  'entra-sign-in-needed': 'key',
  'provider-forbidden': 'key',
  'provider-deployment-not-found': 'model',
  'provider-no-vision': 'vision',
};

/** Nothing is wrong with the connection: it is busy, or what came does not count. */
const warnings: ReadonlySet<ErrorInfo['code']> = new Set(['provider-rate-limited', 'content-filtered']);

function judgeProbe({ outcome }: Probe, findings: Findings): void {
  if (outcome.status === 'answered') {
    findings.pass('settings', 'reach', 'key', 'model', 'vision', 'answer');
    return;
  }
  const error = errorOf(outcome);
  const check = checkOfCode[error.code] ?? 'answer';
  if (warnings.has(error.code)) findings.warn(check, error);
  else findings.fail(check, error);
}

function judgePrice(connection: Connection, findings: Findings): void {
  if (findPrice(connection) !== undefined) findings.pass('price');
  else findings.warn('price', { code: 'price-unknown', details: { model: modelOf(connection) } });
}

function letGoOn(parts: EngineParts, id: ConnectionId): void {
  const lane = laneOf(id);
  const pause = parts.queue.pauseOf(lane);
  if (pause?.by === 'blocked' || pause?.by === 'offline') parts.queue.openLane(lane);
}
