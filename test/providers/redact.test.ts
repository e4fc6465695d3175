import { describe, expect, it } from 'vitest';
import { createRedact, createSecretRedact } from '../../app/providers/redact.ts';

describe('createRedact', () => {
  it('removes the secret in every form that a body may have it in', () => {
    const secret = 'a+b/c"d\\e=12345';
    const redact = createRedact(secret);
    const text = `${secret} ${JSON.stringify({ key: secret })} ${encodeURIComponent(secret)}`;
    expect(redact(text)).toBe('[removed] {"key":"[removed]"} [removed]');
  });

  it('removes what looks like a token, and queries of addresses', () => {
    const token = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`;
    expect(createRedact(undefined)(`${token} https://a.example/b?sv=1&sig=2 end`)).toBe(
      '[removed] https://a.example/b?… end',
    );
  });
});

describe('createSecretRedact', () => {
  it('leaves an address alone that stands in the photo', () => {
    const text = 'A poster: https://a.example/b?id=5';
    expect(createSecretRedact('some-long-secret')(text)).toBe(text);
  });

  it('does not take a placeholder for a secret', () => {
    expect(createSecretRedact('none')('There are none.')).toBe('There are none.');
  });
});
