import type { AssetId, ConnectionId, RequestId, RootId, RunId } from '../../app/contract/ids.ts';
import type { CaptionPlan, RunOptions } from '../../app/contract/models/run.ts';
import type { ConnectionKind } from '../../app/contract/models/connection.ts';
import type { Facts } from '../../app/contract/models/asset.ts';
import type { Privacy } from '../../app/contract/models/root.ts';
import { insertRun } from '../../app/captioning/run-store.ts';
import type { WriteDb } from '../../app/db/open.ts';
import { upsertConnection, type ConnectionSettings } from '../../app/settings/connection-store.ts';
import { insertRequest, type NewRequest } from '../../app/usage/request-store.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

export const allFields: RunOptions = {
  detail: 'high',
  maxImageTokens: null,
  prompt: 'general',
  language: 'en',
  fields: ['title', 'caption', 'altText', 'keywords', 'recognizedText', 'objects'],
};

const emptyPlan: CaptionPlan = {
  photos: 0,
  requests: 0,
  imageTokens: 0,
  inputTokens: 0,
  outputTokens: 0,
  maxOutputTokens: 0,
  costMicroUsd: 0,
  maxCostMicroUsd: 0,
};

/** A connection of this kind; another `deployment` is another connection. */
export function addConnection(
  db: WriteDb,
  kind: ConnectionKind = 'azure-openai',
  settings: Partial<ConnectionSettings> = {},
): ConnectionId {
  const isBuiltIn = kind === 'built-in';
  return upsertConnection(
    db,
    {
      kind,
      endpoint: isBuiltIn ? null : 'https://example.openai.azure.com',
      form: isBuiltIn ? null : 'v1',
      apiVersion: null,
      deployment: isBuiltIn ? null : 'vision',
      ...settings,
    },
    nowMs,
  ).id;
}

export function addRun(
  db: WriteDb,
  connectionId: ConnectionId,
  options: { rootId?: RootId | null; budgetMicroUsd?: number | null } = {},
): RunId {
  return insertRun(
    db,
    {
      connectionId,
      rootId: options.rootId ?? null,
      options: allFields,
      scope: '',
      plan: emptyPlan,
      budgetMicroUsd: options.budgetMicroUsd ?? null,
    },
    nowMs,
  );
}

export function addRoot(db: WriteDb, path = '/photos', privacy: Privacy = 'may-be-sent'): RootId {
  const { lastId } = db.run('INSERT INTO root (path, privacy, added_at_ms) VALUES (?, ?, ?)', [
    path,
    privacy,
    nowMs,
  ]);
  return lastId as RootId;
}

export type PhotoToAdd = {
  readonly rootId: RootId;
  readonly contentHash?: string | null;
  readonly imageDataHash?: string | null;
  readonly state?: 'ready' | 'unsupported' | 'unreadable';
  readonly facts?: Facts;
};

/** A photo that was read, with one file. */
export function addPhoto(db: WriteDb, relativePath: string, photo: PhotoToAdd): AssetId {
  const hash = `hash of ${relativePath}`;
  const { lastId } = db.run(
    `INSERT INTO asset (state, format, width_px, height_px, facts, content_hash, image_data_hash, sort_ms, created_at_ms)
     VALUES (@state, 'jpeg', 4000, 3000, @facts, @contentHash, @imageDataHash, @nowMs, @nowMs)`,
    {
      state: photo.state ?? 'ready',
      facts: JSON.stringify(photo.facts ?? {}),
      contentHash: photo.contentHash === undefined ? hash : photo.contentHash,
      imageDataHash: photo.imageDataHash === undefined ? hash : photo.imageDataHash,
      nowMs,
    },
  );
  addFile(db, relativePath, photo.rootId, lastId as AssetId);
  return lastId as AssetId;
}

/** Another file that carries an asset. */
export function addFile(db: WriteDb, relativePath: string, rootId: RootId, assetId: AssetId | null): void {
  db.run(
    `INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms)
     VALUES (?, ?, ?, 1, 1, 1, ?)`,
    [rootId, assetId, relativePath, nowMs],
  );
}

/** A request that was just sent. */
export function addRequest(
  db: WriteDb,
  connectionId: ConnectionId,
  request: Partial<NewRequest> & { readonly sentAtMs?: number } = {},
): RequestId {
  const { sentAtMs = nowMs, ...rest } = request;
  return insertRequest(
    db,
    {
      runId: null,
      connectionId,
      jobId: 1 as NewRequest['jobId'],
      kind: 'describe',
      promptVersion: 'general-1/en',
      detail: 'high',
      modelAsked: null,
      estimatedInputTokens: 0,
      estimatedOutputTokens: 0,
      estimatedMicroUsd: 0,
      price: null,
      assets: [],
      ...rest,
    },
    sentAtMs,
  );
}
