import type { Enhancements } from '../contract/enhancements.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import type { ConnectionId } from '../contract/ids.ts';
import { keyVariableOf, namedByVariable } from '../contract/key-variable.ts';
import type {
  Connection,
  ConnectionKind,
  ConnectionState,
  Learned,
  OwnLimits,
} from '../contract/models/connection.ts';
import type { Price } from '../contract/models/usage.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { AppError } from '../platform/errors.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** What a person sets up. The same kind, endpoint and deployment is the same connection: its settings are brought up to date. */
export type ConnectionSettings = Pick<
  Connection,
  'kind' | 'endpoint' | 'form' | 'apiVersion' | 'deployment'
> & {
  /** Left as it is when `undefined`. */
  readonly modelId?: string | undefined;
  readonly batchDeployment?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly ownPrice?: Price | undefined;
  readonly signIn?: SignIn | undefined;
};

type SignIn = 'key' | 'entra';

type NamedConnection = Pick<Connection, 'id' | 'kind' | 'name'>;

type ConnectionRow = {
  id: number;
  kind: ConnectionKind;
  name: string;
  endpoint: string | null;
  form: 'dated' | 'v1' | null;
  api_version: string | null;
  deployment: string | null;
  model_id: string | null;
  batch_deployment: string | null;
  concurrency: number;
  requests_per_minute: number | null;
  tokens_per_minute: number | null;
  own_price: string | null;
  learned: string;
  state: ConnectionState;
  error: string | null;
  own_name: string | null;
  own_limits: string | null;
  sign_in: SignIn;
  enhancements: string | null;
};

/** Local work is limited by cores, a service by its own limits: four at once is what small quotas stand. */
const usualConcurrency: Readonly<Record<ConnectionKind, number>> = {
  'built-in': 4,
  'azure-openai': 4,
  'openai-compatible': 2,
  'azure-vision': 4,
};

/** Adds the connection, or brings the one with the same kind, endpoint and deployment up to date. */
export function upsertConnection(db: WriteDb, settings: ConnectionSettings, nowMs: number): Connection {
  const found = db.get<{ id: number }>(
    `SELECT id FROM connection
     WHERE kind = @kind AND coalesce(endpoint, '') = @endpoint AND coalesce(deployment, '') = @deployment`,
    { kind: settings.kind, endpoint: settings.endpoint ?? '', deployment: settings.deployment ?? '' },
  );
  const values = {
    kind: settings.kind,
    name: connectionName(settings),
    endpoint: settings.endpoint,
    form: settings.form,
    apiVersion: settings.apiVersion,
    deployment: settings.deployment,
    modelId: settings.modelId ?? null,
    batchDeployment: settings.batchDeployment ?? null,
    concurrency: settings.concurrency ?? null,
    ownPrice: settings.ownPrice === undefined ? null : JSON.stringify(settings.ownPrice),
    signIn: settings.signIn ?? null,
  };
  if (found !== undefined) {
    db.run(
      // Another model or API version has other habits: what the old one taught is forgotten.
      `UPDATE connection SET
         learned = CASE WHEN form IS @form AND api_version IS @apiVersion AND coalesce(@modelId, model_id) IS model_id
           THEN learned ELSE '{}' END,
         name = @name, form = @form, api_version = @apiVersion, removed_at_ms = NULL,
         model_id = coalesce(@modelId, model_id), batch_deployment = coalesce(@batchDeployment, batch_deployment),
         concurrency = coalesce(@concurrency, concurrency),
         own_price = coalesce(@ownPrice, own_price), sign_in = coalesce(@signIn, sign_in)
       WHERE id = @id`,
      { ...values, id: found.id },
    );
    return getConnection(db, found.id as ConnectionId); // why: an id of this table
  }
  const { lastId } = db.run(
    `INSERT INTO connection (kind, name, endpoint, form, api_version, deployment, model_id, batch_deployment, concurrency, own_price, sign_in, created_at_ms)
     VALUES (@kind, @name, @endpoint, @form, @apiVersion, @deployment, @modelId, @batchDeployment, coalesce(@concurrency, @usual), @ownPrice, coalesce(@signIn, 'key'), @nowMs)`,
    { ...values, usual: usualConcurrency[settings.kind], nowMs },
  );
  return getConnection(db, lastId as ConnectionId); // why: an id of this table
}

/** Also one that was removed: what it described names it. @throws {AppError} `not-found` */
export function getConnection(db: ReadDb, id: ConnectionId): Connection {
  const row = db.get<ConnectionRow>('SELECT * FROM connection WHERE id = ?', [id]);
  if (row === undefined) throw new AppError('not-found', { what: 'The connection' });
  return toConnection(row, listNames(db));
}

export function listConnections(db: ReadDb): Connection[] {
  const names = listNames(db);
  return db
    .all<ConnectionRow>('SELECT * FROM connection WHERE removed_at_ms IS NULL ORDER BY id')
    .map((row) => toConnection(row, names));
}

/** What all connections of the list are called. */
function listNames(db: ReadDb): NamedConnection[] {
  return db.all<NamedConnection>(
    'SELECT id, kind, coalesce(own_name, name) AS name FROM connection WHERE removed_at_ms IS NULL',
  );
}

/** What may be changed without making it another connection; what is `undefined` stays as it is. */
export type ConnectionChange = {
  readonly name?: string | null | undefined;
  readonly modelId?: string | null | undefined;
  readonly batchDeployment?: string | null | undefined;
  readonly concurrency?: number | undefined;
  readonly ownPrice?: Price | null | undefined;
  readonly signIn?: SignIn | undefined;
  readonly enhancements?: Enhancements | null | undefined;
  readonly ownLimits?: { readonly [Name in keyof OwnLimits]?: OwnLimits[Name] | undefined } | undefined;
};

/** @throws {AppError} `not-found` */
export function changeConnection(db: WriteDb, id: ConnectionId, change: ConnectionChange): Connection {
  const before = getConnection(db, id);
  const after = {
    modelId: change.modelId === undefined ? before.modelId : change.modelId,
    batchDeployment:
      change.batchDeployment === undefined ? (before.batchDeployment ?? null) : change.batchDeployment,
    concurrency: change.concurrency ?? before.concurrency,
    ownPrice: change.ownPrice === undefined ? before.ownPrice : change.ownPrice,
    enhancements: change.enhancements === undefined ? (before.enhancements ?? null) : change.enhancements,
  };
  const { requestsPerMinute, tokensPerMinute } = { ...before.ownLimits, ...change.ownLimits };
  const ownLimits =
    (requestsPerMinute ?? tokensPerMinute ?? null) === null ? null : { requestsPerMinute, tokensPerMinute };
  db.run(
    // As in `upsertConnection`: another model has other habits.
    `UPDATE connection SET learned = CASE WHEN model_id IS @modelId THEN learned ELSE '{}' END,
       model_id = @modelId, batch_deployment = @batchDeployment, concurrency = @concurrency, own_price = @ownPrice, own_limits = @ownLimits,
       sign_in = coalesce(@signIn, sign_in), enhancements = @enhancements,
       own_name = CASE WHEN @isRenamed THEN @ownName ELSE own_name END
     WHERE id = @id`,
    {
      id,
      modelId: after.modelId,
      batchDeployment: after.batchDeployment,
      concurrency: after.concurrency,
      ownPrice: after.ownPrice === null ? null : JSON.stringify(after.ownPrice),
      ownLimits: ownLimits === null ? null : JSON.stringify(ownLimits),
      isRenamed: change.name === undefined ? 0 : 1,
      ownName: change.name ?? null,
      signIn: change.signIn ?? null,
      enhancements: after.enhancements === null ? null : JSON.stringify(after.enhancements),
    },
  );
  return getConnection(db, id);
}

/** Out of the lists. The row stays, for what it described and what that cost; saving the same settings brings it back. */
export function removeConnection(db: WriteDb, id: ConnectionId, nowMs: number): void {
  getConnection(db, id);
  db.run('UPDATE connection SET removed_at_ms = ? WHERE id = ?', [nowMs, id]);
}

/** `undefined` takes back what was learned before. */
type Lesson = { readonly [Name in keyof Learned]?: Learned[Name] | undefined };

/** What a deployment taught us outlives the process: nobody pays for the same refusal twice. */
export function saveLearned(db: WriteDb, id: ConnectionId, learned: Lesson): void {
  const known = getConnection(db, id).learned;
  const unsupported = new Set([
    ...(known.unsupportedParameters ?? []),
    ...(learned.unsupportedParameters ?? []),
  ]);
  const merged: Lesson & { unsupportedParameters?: string[] | undefined } = { ...known, ...learned };
  if (unsupported.size > 0) merged.unsupportedParameters = [...unsupported];
  db.run('UPDATE connection SET learned = ? WHERE id = ?', [JSON.stringify(merged), id]);
}

/** Rate limits as the service's headers last said them; what it did not say stays as it is. */
export function saveRates(
  db: WriteDb,
  id: ConnectionId,
  {
    requestsPerMinute,
    tokensPerMinute,
  }: { requestsPerMinute?: number | undefined; tokensPerMinute?: number | undefined },
): void {
  db.run(
    `UPDATE connection SET requests_per_minute = coalesce(?, requests_per_minute),
       tokens_per_minute = coalesce(?, tokens_per_minute) WHERE id = ?`,
    [requestsPerMinute ?? null, tokensPerMinute ?? null, id],
  );
}

export function setConnectionState(
  db: WriteDb,
  id: ConnectionId,
  state: ConnectionState,
  error: ErrorInfo | null,
): void {
  db.run('UPDATE connection SET state = ?, error = ? WHERE id = ?', [
    state,
    error === null ? null : JSON.stringify(error),
    id,
  ]);
}

/** How a connection is called in lists: what it is, then which. */
function connectionName(settings: ConnectionSettings): string {
  if (settings.kind === 'built-in') return 'built-in';
  const host = settings.endpoint === null ? '' : new URL(settings.endpoint).host;
  const what = settings.kind === 'azure-vision' ? 'Azure AI Vision' : (settings.deployment ?? settings.kind);
  return `${what} (${host})`;
}

/** The lower of two limits that may be missing. */
function lower(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** The variable that is for this connection and for no other of the list. */
function ownVariable(
  { id, kind, name }: NamedConnection,
  names: readonly NamedConnection[],
): string | undefined {
  const variable = kind === 'built-in' ? undefined : keyVariableOf(name);
  if (variable === undefined) return undefined;
  return namedByVariable(variable, names).every((other) => other.id === id) ? variable : undefined;
}

function toConnection(row: ConnectionRow, names: readonly NamedConnection[]): Connection {
  const id = row.id as ConnectionId; // why: an id of this table
  const { kind } = row;
  const name = row.own_name ?? row.name;
  const keyVariable = ownVariable({ id, kind, name }, names);
  const ownLimits =
    row.own_limits === null
      ? { requestsPerMinute: null, tokensPerMinute: null }
      : (JSON.parse(row.own_limits) as OwnLimits); // why: only this file writes it
  return {
    id,
    kind,
    name,
    endpoint: row.endpoint,
    form: row.form,
    apiVersion: row.api_version,
    deployment: row.deployment,
    ...(row.batch_deployment === null ? {} : { batchDeployment: row.batch_deployment }),
    modelId: row.model_id,
    concurrency: row.concurrency,
    requestsPerMinute: lower(row.requests_per_minute, ownLimits.requestsPerMinute),
    tokensPerMinute: lower(row.tokens_per_minute, ownLimits.tokensPerMinute),
    ownLimits,
    ownPrice: row.own_price === null ? null : (JSON.parse(row.own_price) as Price), // why: only this file writes it
    ...(row.sign_in === 'entra' && { signIn: row.sign_in }),
    ...(keyVariable !== undefined && { keyVariable }),
    ...(row.enhancements === null ? {} : { enhancements: JSON.parse(row.enhancements) as Enhancements }), // why: only this file writes it
    learned: JSON.parse(row.learned) as Learned, // why: as above
    state: row.state,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo), // why: as above
  };
}
