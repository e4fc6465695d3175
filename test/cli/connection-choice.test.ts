import { describe, expect, test } from 'vitest';
import { chooseConnection } from '../../app/cli/connection-choice.ts';
import type { Connection } from '../../app/contract/models/connection.ts';
import { environmentCredentials } from '../../app/engine/environment-credential.ts';

const azure = {
  AZURE_OPENAI_ENDPOINT: 'https://ann.openai.azure.com',
  AZURE_OPENAI_API_KEY: 'k'.repeat(32),
  AZURE_OPENAI_DEPLOYMENT: 'eyes',
  OPENAI_API_VERSION: '2024-10-21',
};

describe('which connection', () => {
  test('keys in the environment never choose one that costs money, but are mentioned', () => {
    const choice = chooseConnection({}, { ...azure, OPENAI_API_KEY: 'k' });
    expect(choice.settings).toStrictEqual({ kind: 'built-in' });
    expect(choice.credential).toBeUndefined();
    expect(choice.notes.join()).toContain('--connection azure-openai');
  });

  test('the environment completes the flags, and flags win', () => {
    const { settings, credential } = chooseConnection(
      { connection: 'azure-openai', deployment: 'other', model: 'gpt-4.1', concurrency: 7 },
      azure,
    );
    expect(settings).toStrictEqual({
      kind: 'azure-openai',
      endpoint: azure.AZURE_OPENAI_ENDPOINT,
      deployment: 'other',
      apiVersion: '2024-10-21',
      modelId: 'gpt-4.1',
      concurrency: 7,
    });
    expect(credential).toStrictEqual({ kind: 'api-key', secret: azure.AZURE_OPENAI_API_KEY });
  });

  test('a token from Entra is sent as a bearer token', () => {
    const env = { ...azure, AZURE_OPENAI_API_KEY: '', AZURE_OPENAI_AD_TOKEN: 'token' };
    expect(chooseConnection({ connection: 'azure-openai' }, env).credential).toStrictEqual({
      kind: 'bearer',
      secret: 'token',
    });
  });

  test('the target address of the portal brings its own deployment', () => {
    const endpoint =
      'https://ann.openai.azure.com/openai/deployments/eyes/chat/completions?api-version=2024-10-21';
    const { settings } = chooseConnection(
      { connection: 'azure-openai', endpoint },
      { AZURE_OPENAI_API_KEY: 'k' },
    );
    expect(settings).toStrictEqual({ kind: 'azure-openai', endpoint });
  });

  test.each([
    ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_ENDPOINT'],
    ['AZURE_OPENAI_DEPLOYMENT', 'AZURE_OPENAI_DEPLOYMENT'],
    ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_AD_TOKEN'],
  ])('without %s the sentence names it', (missing, named) => {
    expect(() => chooseConnection({ connection: 'azure-openai' }, { ...azure, [missing]: ' ' })).toThrow(
      named,
    );
  });

  test('OpenAI itself needs a key, a server of one’s own does not; both need a model', () => {
    const connection = 'openai-compatible';
    expect(() => chooseConnection({ connection, model: 'm' }, {})).toThrow('OPENAI_BASE_URL');
    expect(() => chooseConnection({ connection }, { OPENAI_API_KEY: 'k' })).toThrow('--model');
    expect(chooseConnection({ connection, model: 'm' }, { OPENAI_API_KEY: 'k' }).settings.endpoint).toBe(
      'https://api.openai.com/v1',
    );
    expect(
      chooseConnection({ connection, model: 'm' }, { OPENAI_BASE_URL: 'http://nas:1234' }).credential,
    ).toBeUndefined();
  });

  test('flags of a service without naming the service are a mistake, not a wish for built-in', () => {
    expect(() => chooseConnection({ deployment: 'eyes' }, azure)).toThrow('--connection');
  });
});

const credentialAt = (kind: Connection['kind'], endpoint: string, env: Record<string, string>) =>
  environmentCredentials(env)({ kind, endpoint } as Connection);

describe('a key of the environment', () => {
  test('goes to the endpoint beside it and to no other that the library knows', () => {
    const openAi = { OPENAI_API_KEY: 'k' };
    expect(credentialAt('azure-openai', 'https://ann.openai.azure.com', azure)).toEqual({
      kind: 'api-key',
      secret: azure.AZURE_OPENAI_API_KEY,
    });
    expect(credentialAt('azure-openai', 'https://eve.openai.azure.com', azure)).toBeUndefined();
    expect(credentialAt('openai-compatible', 'https://eve.example/v1', openAi)).toBeUndefined();
    expect(credentialAt('openai-compatible', 'https://api.openai.com/v1', openAi)).toEqual({
      kind: 'bearer',
      secret: 'k',
    });
  });
});
