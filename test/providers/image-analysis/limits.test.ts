import { expect, onTestFinished, test } from 'vitest';
import { createProvider } from '../../../app/providers/connections.ts';
import { useEmulator } from '../../helpers/engine.ts';
import { sampleConnection, sampleRequest } from '../samples.ts';

const mebibyte = 1024 * 1024;

test.each([
  ['of 20 MB', { bytes: new Uint8Array(20 * mebibyte) }, '20 MB'],
  ['of 50 pixels', { widthPx: 50 }, '50 pixels'],
  ['of 16,000 pixels', { heightPx: 16_000 }, '16,000 pixels'],
])('a picture %s is not sent, which costs nothing, and the reason is said', async (_what, change, reason) => {
  const emulator = await useEmulator();
  const provider = createProvider({
    connection: sampleConnection({ kind: 'azure-vision', endpoint: emulator.endpoint, form: null }),
    credential: { kind: 'api-key', secret: emulator.key },
  });
  onTestFinished(() => {
    provider.close();
  });
  const [usual] = sampleRequest().pictures;
  if (usual === undefined) throw new Error('the sample has a picture');
  const { signal } = new AbortController();
  const request = sampleRequest({ pictures: [{ ...usual, ...change }], features: ['tags'] });
  expect(await provider.describe(request, { signal })).toMatchObject({
    status: 'rejected',
    code: 'provider-image-refused',
    charged: false,
    details: { reason: expect.stringContaining(reason) as string },
  });
  expect(emulator.requests).toEqual([]);
});
