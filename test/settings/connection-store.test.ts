import { describe, expect, it } from 'vitest';
import {
  getConnection,
  listConnections,
  saveLearned,
  setConnectionState,
  upsertConnection,
  type ConnectionSettings,
} from '../../app/settings/connection-store.ts';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { connection } from '../../app/contract/models/connection.ts';
import type { Price } from '../../app/contract/models/usage.ts';
import { AppError } from '../../app/platform/errors.ts';
import { useTestDatabase } from '../helpers/database.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);
const azure: ConnectionSettings = {
  kind: 'azure-openai',
  endpoint: 'https://example.openai.azure.com',
  form: 'dated',
  apiVersion: '2024-10-21',
  deployment: 'vision',
};
const builtIn: ConnectionSettings = {
  kind: 'built-in',
  endpoint: null,
  form: null,
  apiVersion: null,
  deployment: null,
};
const ownPrice: Price = { inputMicroUsdPerMillion: 1, outputMicroUsdPerMillion: 2, source: 'own' };

describe('setting up a connection', () => {
  it('twice is the same connection, brought up to date; what is left out stays as it was', () => {
    const db = useTestDatabase();
    const first = upsertConnection(db, { ...azure, modelId: 'gpt-4.1', concurrency: 9, ownPrice }, nowMs);
    const again = upsertConnection(db, { ...azure, form: 'v1', apiVersion: null }, nowMs);
    expect(again).toEqual({ ...first, form: 'v1', apiVersion: null });
    expect(upsertConnection(db, { ...azure, modelId: 'gpt-4o' }, nowMs)).toMatchObject({
      id: first.id,
      modelId: 'gpt-4o',
      concurrency: 9,
      ownPrice,
    });
    expect(upsertConnection(db, builtIn, nowMs).id).toBe(upsertConnection(db, builtIn, nowMs).id);
    expect(listConnections(db)).toHaveLength(2);
  });

  it('of another deployment, endpoint or kind is another connection', () => {
    const db = useTestDatabase();
    const ids = [
      azure,
      { ...azure, deployment: 'other' },
      { ...azure, endpoint: 'https://other.openai.azure.com' },
      { ...azure, kind: 'openai-compatible' as const },
      builtIn,
    ].map((settings) => upsertConnection(db, settings, nowMs).id);
    expect(new Set(ids).size).toBe(5);
  });

  it('gives what the contract promises, with a name that tells it from others and no key', () => {
    const db = useTestDatabase();
    const saved = upsertConnection(db, azure, nowMs);
    expect(connection.parse(saved)).toEqual(saved);
    expect(saved).toMatchObject({
      name: 'vision (example.openai.azure.com)',
      state: 'ready',
      concurrency: 4,
    });
    expect(upsertConnection(db, builtIn, nowMs).name).toBe('built-in');
  });
});

describe('what a deployment taught', () => {
  it('is added to what is known, and outlives being set up again', () => {
    const db = useTestDatabase();
    const { id } = upsertConnection(db, azure, nowMs);
    saveLearned(db, id, { unsupportedParameters: ['temperature'], structuredOutput: 'json_object' });
    saveLearned(db, id, {
      unsupportedParameters: ['stream_options', 'temperature'],
      tokenLimitParameter: 'max_completion_tokens',
    });
    saveLearned(db, id, { modelAnswered: 'gpt-5-2025-08-07' });
    upsertConnection(db, azure, nowMs);
    expect(getConnection(db, id).learned).toEqual({
      unsupportedParameters: ['temperature', 'stream_options'],
      structuredOutput: 'json_object',
      tokenLimitParameter: 'max_completion_tokens',
      modelAnswered: 'gpt-5-2025-08-07',
    });
  });
});

describe('a connection’s state', () => {
  it('is kept with its reason until it is ready again', () => {
    const db = useTestDatabase();
    const { id } = upsertConnection(db, azure, nowMs);
    const error = { code: 'provider-unauthorized', details: { httpStatus: 401 } } as const;
    setConnectionState(db, id, 'blocked', error);
    expect(getConnection(db, id)).toMatchObject({ state: 'blocked', error });
    setConnectionState(db, id, 'ready', null);
    expect(getConnection(db, id)).toMatchObject({ state: 'ready', error: null });
  });
});

it('a connection that is not there is named as the trouble', () => {
  const db = useTestDatabase();
  expect(() => getConnection(db, 99 as ConnectionId)).toThrow(AppError);
});
