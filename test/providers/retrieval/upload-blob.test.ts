import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '../../../app/platform/errors.ts';
import { parseContainerSas } from '../../../app/providers/retrieval/container-sas.ts';
import {
  blockBytesOf,
  blockIds,
  uploadBlob,
  type Upload,
} from '../../../app/providers/retrieval/upload-blob.ts';
import { untilRefused, type SasOptions } from '../../helpers/azurite-server.ts';
import { stopAzurite, useAzurite } from '../../helpers/azurite.ts';
import { failureOf } from '../../helpers/failure.ts';
import { useGate } from '../../helpers/gate.ts';
import { textLike } from '../matchers.ts';

afterAll(stopAzurite);

const kibibyte = 1024;
let containers = 0;

/** A fresh container of the real emulator, and a file of random bytes. */
async function setUp(sizeBytes: number, sas: SasOptions = {}) {
  const azurite = await useAzurite();
  containers += 1;
  const container = await azurite.makeContainer(`videos-${String(containers)}`);
  const bytes = randomBytes(sizeBytes);
  const upload: Upload = {
    sas: parseContainerSas(azurite.sas(container, sas), 0),
    blob: 'video.mp4',
    file: fileOf(bytes),
    sizeBytes,
    contentType: 'video/mp4',
    signal: new AbortController().signal,
    blockBytes: 64 * kibibyte,
    retryMs: 1,
  };
  const stored = async (): Promise<{ bytes: Buffer; type: string | null }> => {
    const response = await fetch(azurite.sas(container).replace('?', '/video.mp4?'));
    return { bytes: Buffer.from(await response.arrayBuffer()), type: response.headers.get('content-type') };
  };
  return { azurite, container, bytes, upload, stored };
}

/** Reads like a handle of a file with these bytes. */
function fileOf(bytes: Buffer): Upload['file'] {
  const read = (target: Uint8Array, offset: number, length: number, position: number) => ({
    bytesRead: bytes.copy(target, offset, position, position + length),
    buffer: target,
  });
  return { read: (async (...args: Parameters<typeof read>) => read(...args)) as Upload['file']['read'] }; // why: the one form that is used
}

test('a small file is put at once, a large one in blocks, and both arrive byte for byte', async () => {
  for (const sizeBytes of [1, 64 * kibibyte, 64 * kibibyte + 1, 300 * kibibyte + 7]) {
    const { upload, bytes, stored } = await setUp(sizeBytes);
    const seen: number[] = [];
    await uploadBlob({ ...upload, onProgress: (done) => seen.push(done) });
    expect(await stored()).toEqual({ bytes, type: 'video/mp4' });
    expect(seen.at(-1)).toBe(sizeBytes);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  }
});

test('what is there already is not sent again', async () => {
  const { upload, container } = await setUp(100 * kibibyte);
  await uploadBlob(upload);
  const gate = await useGate(container);
  await uploadBlob({ ...upload, sas: { ...upload.sas, container: gate.through(upload.sas.container) } });
  expect(gate.puts).toEqual([]);
});

test('an upload that broke off goes on behind its last block', async () => {
  const { upload, bytes, container, stored } = await setUp(320 * kibibyte);
  const broken = await useGate(container, ({ method }, puts) =>
    method === 'PUT' && puts >= 4 ? 'cut' : 'pass',
  );
  const error = await failureOf(
    uploadBlob({ ...upload, sas: { ...upload.sas, container: broken.through(upload.sas.container) } }),
  );
  expect((error as AppError).code).toBe('provider-cut-off'); // why: it is compared
  const gate = await useGate(container);
  await uploadBlob({ ...upload, sas: { ...upload.sas, container: gate.through(upload.sas.container) } });
  // Three of five blocks had arrived: two are left, and the list of all.
  expect(gate.puts.map((url) => new URL(url, 'http://x').searchParams.get('comp'))).toEqual([
    'block',
    'block',
    'blocklist',
  ]);
  expect((await stored()).bytes.equals(bytes)).toBe(true);
});

test('a signature that expires in the middle is told apart, and another one finishes the upload', async () => {
  const { upload, azurite, container, bytes, stored } = await setUp(320 * kibibyte, {
    expiresAtMs: Date.now() + 2_000,
  });
  let doneBytes = 0;
  const error = await failureOf(
    uploadBlob({
      ...upload,
      file: {
        read: (async (target: Uint8Array, offset: number, length: number, position: number) => {
          // Until the service itself says that the signature is over; the file is a slow one.
          if (position >= 128 * kibibyte) {
            await untilRefused(`${upload.sas.container}/${upload.blob}?${upload.sas.query}`);
          }
          return { bytesRead: bytes.copy(target, offset, position, position + length), buffer: target };
        }) as Upload['file']['read'], // why: the one form that is used
      },
      onProgress: (done) => {
        doneBytes = done;
      },
    }),
  );
  expect((error as AppError).code).toBe('sas-expired'); // why: it is compared
  expect(doneBytes).toBe(128 * kibibyte);
  const gate = await useGate(container);
  const fresh = parseContainerSas(azurite.sas(gate.through(container)), 0);
  await uploadBlob({ ...upload, sas: fresh });
  expect(gate.puts).toHaveLength(4);
  expect((await stored()).bytes.equals(bytes)).toBe(true);
});

// The codes are Azurite's; Azure calls a wrong signature AuthenticationFailed.
test.each([
  ['its signature was changed', 'AuthorizationFailure', {}, (url: string) => url.replace(/sig=./, 'sig=!')],
  ['it names no container that there is', 'ContainerNotFound', {}, (url: string) => url],
  ['it may only read', 'AuthorizationPermissionMismatch', { permissions: 'r' }, (url: string) => url],
] as const)(
  '%s: the sentence says what to do, without the signature',
  async (what, code, options, change) => {
    const { upload, azurite, container } = await setUp(10);
    const signed = new URL(
      what === 'it names no container that there is'
        ? azurite.sas(`${container}x`)
        : change(azurite.sas(container, options)),
    );
    const query = signed.search.slice(1);
    const sas = { container: signed.origin + signed.pathname, query, expiresAtMs: undefined };
    const error = await failureOf(uploadBlob({ ...upload, sas }));
    expect(error).toBeInstanceOf(AppError);
    const { code: ours, details, message } = error as AppError; // why: as just expected
    expect(ours).toBe('upload-refused');
    expect(details).toMatchObject({ serviceCode: code, reason: textLike(/./) });
    expect(message).not.toContain(new URLSearchParams(query).get('sig'));
  },
);

test('a file that became shorter is given up, and no blob is left of it', async () => {
  const { upload, bytes, azurite, container } = await setUp(200 * kibibyte);
  const error = await failureOf(uploadBlob({ ...upload, file: fileOf(bytes.subarray(0, 150 * kibibyte)) }));
  expect((error as AppError).code).toBe('file-changing'); // why: it is compared
  expect([...(await azurite.listBlobs(container)).keys()]).toEqual([]);
});

test('no file has more blocks than the service takes, and all ids have one length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 190 * 2 ** 40 }), (sizeBytes) => {
      const blockBytes = blockBytesOf(sizeBytes);
      expect(Math.ceil(sizeBytes / blockBytes)).toBeLessThanOrEqual(50_000);
      expect(blockBytes).toBeLessThanOrEqual(4_000 * 2 ** 20);
    }),
  );
  const ids = blockIds(50_000, 2 ** 23);
  expect(new Set(ids).size).toBe(50_000);
  expect(new Set(ids.map(({ length }) => length)).size).toBe(1);
  expect(Buffer.from(ids[0] ?? '', 'base64').byteLength).toBeLessThanOrEqual(64);
});
