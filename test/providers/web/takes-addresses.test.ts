import { expect, test } from 'vitest';
import { isPublicPicture, takesAddresses } from '../../../app/providers/web/takes-addresses.ts';
import { sampleConnection } from '../samples.ts';

test.each([
  'https://example.org/a.jpg',
  'https://example.org:8443/pictures/a%20b.png',
  'https://93.184.215.14/a.jpg',
])('%s is everybody’s', (address) => {
  expect(isPublicPicture(address)).toBe(true);
});

test.each([
  'http://example.org/a.jpg',
  'https://example.org/a.jpg?sig=1',
  'https://example.org/a.jpg?…',
  'https://user:word@example.org/a.jpg',
  'https://localhost/a.jpg',
  'https://nas/a.jpg',
  'https://nas.local/a.jpg',
  'https://pictures.internal/a.jpg',
  'https://fritz.lan/a.jpg',
  'https://10.0.0.7/a.jpg',
  'https://169.254.169.254/latest',
  'https://[::1]/a.jpg',
  'https://2130706433/a.jpg',
  'file:///etc/passwd',
  'a.jpg',
])('%s is passed on to nobody', (address) => {
  expect(isPublicPicture(address)).toBe(false);
});

const local = (server?: 'ollama' | 'lm-studio' | 'vllm' | 'llama-cpp' | 'other') =>
  takesAddresses(
    sampleConnection({
      kind: 'openai-compatible',
      endpoint: 'http://127.0.0.1:11434/v1',
      learned: server === undefined ? {} : { server },
    }),
  );

test('who fetches pictures is known of each service', () => {
  expect(takesAddresses(sampleConnection())).toBe(true);
  expect(takesAddresses(sampleConnection({ kind: 'azure-vision' }))).toBe(true);
  expect(
    takesAddresses(sampleConnection({ kind: 'openai-compatible', endpoint: 'https://api.openai.com/v1' })),
  ).toBe(true);
  expect([local('vllm'), local('llama-cpp')]).toEqual([true, true]);
  // AZURE §8: refused with 400; of the last ones nothing is known.
  expect([local('ollama'), local('lm-studio'), local('other'), local()]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(takesAddresses(sampleConnection({ kind: 'built-in' }))).toBe(false);
});
