import { expect, test } from 'vitest';
import type { VisionFeature } from '../../../app/contract/models/usage.ts';
import { analysisLanguage, analysisUrl } from '../../../app/providers/image-analysis/address.ts';
import { toRefusal } from '../../../app/providers/image-analysis/refusal.ts';
import { createRedact } from '../../../app/providers/redact.ts';

const features: readonly VisionFeature[] = ['caption', 'tags', 'denseCaptions'];
const secret = 'k3y-of-the-test-0123456789';

function refuse(httpStatus: number, body: unknown, headers: Record<string, string> = {}) {
  return toRefusal(
    {
      httpStatus,
      headers: new Headers(headers),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    { features, learned: {}, redact: createRedact(secret), nowMs: 0 },
  );
}

const invalid = (code: string, message: string) => ({
  error: { code: 'InvalidRequest', message, innererror: { code, message } },
});

// The texts that AZURE §5.2 quotes.
test.each([
  ["The feature 'Caption' is not supported in this region", ['caption', 'denseCaptions']],
  ["The feature 'DenseCaptions' is not supported in this region", ['caption', 'denseCaptions']],
])('%s: the rest is asked for without', (message, unsupportedFeatures) => {
  expect(refuse(400, invalid('NotSupportedVisualFeature', message))).toMatchObject({
    status: 'adapted',
    learned: { unsupportedFeatures },
  });
});

test.each([
  ['InvalidImageUrl', 'Image URL is badly formatted or not accessible', 'provider-image-refused'],
  [
    'InvalidImageSize',
    'The image size is not allowed to be zero or larger than 20971520 bytes',
    'provider-image-refused',
  ],
  ['InvalidImageFormat', 'Image format is not valid', 'provider-image-refused'],
  ['SomethingNew', 'Image format is not valid', 'provider-image-refused'],
  [
    'BadArgument',
    "Either 'features' or 'model-name' needs to be specified in the query parameter",
    'provider-bad-request',
  ],
])('%s (%s) is the end of this photo alone', (code, message, ours) => {
  expect(refuse(400, invalid(code, message))).toMatchObject({
    status: 'rejected',
    code: ours,
    charged: false,
  });
});

test.each([
  [
    401,
    {
      error: { code: '401', message: 'Access denied due to invalid subscription key or wrong API endpoint.' },
    },
    'blocked',
  ],
  [403, '', 'blocked'],
  [404, { error: { code: '404', message: 'Resource not found' } }, 'blocked'],
  [400, '<html><title>Proxy</title></html>', 'blocked'],
  [400, invalid('NotSupportedLanguage', "The input language 'xx' is not supported"), 'blocked'],
  [429, { error: { code: '429', message: 'Please retry after 7 seconds' } }, 'rate-limited'],
  [500, '', 'unavailable'],
  [503, '', 'unavailable'],
])('%i %j: %s', (httpStatus, body, status) => {
  expect(refuse(httpStatus, body)).toMatchObject({ status });
});

test('a wait that the service asks for is kept, and a key that it quotes is not', () => {
  expect(refuse(429, { error: { code: '429', message: 'Please retry after 7 seconds' } })).toMatchObject({
    pauseMs: 7_000,
  });
  expect(JSON.stringify(refuse(400, invalid('BadArgument', `The key ${secret} is odd`)))).not.toContain(
    secret,
  );
});

test.each([
  [['tags'], 'pt-BR', 'pt'],
  [['tags'], 'ja', 'ja'],
  [['tags'], 'de', 'en'],
  [['caption', 'tags'], 'es', 'en'],
  [['read'], undefined, 'en'],
] as const)('%j in %s is asked for in %s', (asked, wished, language) => {
  expect(analysisLanguage(asked, wished)).toBe(language);
});

test('the address is the documented one', () => {
  expect(analysisUrl('https://cv.cognitiveservices.azure.com/', ['tags', 'smartCrops'], 'en').href).toBe(
    'https://cv.cognitiveservices.azure.com/computervision/imageanalysis:analyze?api-version=2024-02-01&features=tags%2CsmartCrops&model-version=latest&language=en&smartcrops-aspect-ratios=1',
  );
});
