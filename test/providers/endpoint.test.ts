import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLocalEndpoint, parseEndpoint } from '../../app/providers/endpoint.ts';
import { AppError } from '../../app/platform/errors.ts';

describe('parseEndpoint › Azure', () => {
  const resource = 'https://me.openai.azure.com';
  it.each([
    ['https://me.openai.azure.com', resource],
    ['https://me.openai.azure.com/', resource],
    ['  "https://me.openai.azure.com/openai/v1/"\n', resource],
    ['me.openai.azure.com', resource],
    ['https://me.openai.azure.com/openai', resource],
    ['https://me.openai.azure.com/openai/v1/chat/completions', resource],
    ['HTTPS://ME.openai.azure.com', resource],
    ['https://me.services.ai.azure.com/api/projects/first', 'https://me.services.ai.azure.com'],
    ['https://gateway.example.org/photos/openai/v1', 'https://gateway.example.org/photos'],
    ['http://127.0.0.1:8123/openai/', 'http://127.0.0.1:8123'],
    ['127.0.0.1:8123', 'http://127.0.0.1:8123'],
  ])('takes %j as the v1 form of %s', (typed, endpoint) => {
    expect(parseEndpoint(typed, 'azure-openai')).toEqual({
      endpoint,
      form: 'v1',
      apiVersion: null,
      deployment: null,
      isInsecure: false,
    });
  });

  it('takes deployment and version from a pasted target URI', () => {
    const pasted = `${resource}/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21`;
    expect(parseEndpoint(pasted, 'azure-openai')).toEqual({
      endpoint: resource,
      form: 'dated',
      apiVersion: '2024-10-21',
      deployment: 'my gpt',
      isInsecure: false,
    });
  });

  it('means the dated form when a version is given beside it, and lets that version win', () => {
    const { form, apiVersion } = parseEndpoint(`${resource}?api-version=2023-05-15`, 'azure-openai', {
      apiVersion: '2024-10-21',
    });
    expect([form, apiVersion]).toEqual(['dated', '2024-10-21']);
  });

  it.each(['v1', 'preview', ''])('stays with the v1 form when the version is %j', (apiVersion) => {
    expect(parseEndpoint(resource, 'azure-openai', { apiVersion }).form).toBe('v1');
  });
});

describe('parseEndpoint › compatible servers', () => {
  it.each([
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    ['localhost:1234/', 'http://localhost:1234/v1'],
    ['nas:8000', 'http://nas:8000/v1'],
    ['http://localhost:11434/api/chat', 'http://localhost:11434/v1'],
    ['http://localhost:1234/api/v0', 'http://localhost:1234/v1'],
    ['http://127.0.0.1:8080/v1/chat/completions', 'http://127.0.0.1:8080/v1'],
    ['api.openai.com', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/', 'https://api.openai.com/v1'],
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    ['https://example.org/v1beta/openai/', 'https://example.org/v1beta/openai'],
    ['https://me.openai.azure.com/openai/v1/', 'https://me.openai.azure.com/openai/v1'],
  ])('takes %j as %s', (typed, endpoint) => {
    expect(parseEndpoint(typed, 'openai-compatible').endpoint).toBe(endpoint);
  });

  it('warns of plain http to a host that is not ours', () => {
    expect(parseEndpoint('http://example.org/v1', 'openai-compatible').isInsecure).toBe(true);
    expect(parseEndpoint('http://192.168.1.7:8000/v1', 'openai-compatible').isInsecure).toBe(false);
  });
});

/** Whether it gives an address, or refuses as it may. */
function tryParse(typed: string, kind: 'azure-openai' | 'openai-compatible'): boolean {
  try {
    return URL.canParse(parseEndpoint(typed, kind).endpoint);
  } catch (error) {
    return error instanceof AppError && error.code === 'invalid-input';
  }
}

describe('parseEndpoint › what is no endpoint', () => {
  it.each([
    ['', /empty/],
    ['not an address', /not an address/],
    ['gpt', /not an address/],
    ['ftp://me.openai.azure.com', /https/],
    ['https://user:password@example.org', /name or password/],
    ['https://portal.azure.com/#home', /portal/],
    ['https://ai.azure.com/resource/playground', /portal/],
    ['platform.openai.com/api-keys', /portal/],
  ])('refuses %j and says why', (typed, reason) => {
    const attempt = () => parseEndpoint(typed, 'azure-openai');
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(attempt).toThrow(reason);
  });

  it('never fails in another way, whatever was typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.string().map((rest) => `https://me.openai.azure.com/openai/deployments/${rest}`),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom('azure-openai', 'openai-compatible'), (text, kind) => {
        expect(tryParse(text, kind)).toBe(true);
      }),
    );
  });

  it('does not repeat a password in its refusal', () => {
    expect(() => parseEndpoint('https://me:hunter22@example.org', 'azure-openai')).not.toThrow(/hunter22/);
  });
});

describe('isLocalEndpoint', () => {
  it.each([
    'http://localhost:11434/v1',
    'http://LOCALHOST.:11434',
    'http://127.0.0.1',
    'http://127.9.9.9',
    'http://0x7f.1',
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://172.31.255.255',
    'http://192.168.178.20',
    'http://169.254.1.1',
    'http://[::1]:8080',
    'http://[fd12:3456::1]',
    'http://[fe80::1]',
    'http://[::ffff:192.168.0.1]',
    'http://studio.local:1234',
    'http://nas:8000',
    'http://models.internal',
  ])('knows %s for local', (url) => {
    expect(isLocalEndpoint(url)).toBe(true);
  });

  it.each([
    'https://me.openai.azure.com',
    'https://api.openai.com/v1',
    'http://172.32.0.1',
    'http://192.169.0.1',
    'http://11.0.0.1',
    'http://[2001:db8::1]',
    'http://[::ffff:8.8.8.8]',
    'http://localhost.example.org',
    'http://localhost@example.org',
    'http://127.0.0.1.example.org',
    'nonsense',
  ])('does not take %s for local', (url) => {
    expect(isLocalEndpoint(url)).toBe(false);
  });
});
