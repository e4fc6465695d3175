import sharp from 'sharp';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { describePicture } from './describe-picture.ts';
import {
  ask,
  chatBody,
  dataUrl,
  drawPicture,
  imagePart,
  post,
  refusal,
  type CompletionBody,
} from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let bytes: Buffer;

beforeAll(async () => {
  bytes = await drawPicture(1);
});

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

const picture = (of = bytes) => imagePart(dataUrl(of));

test('keeps what was sent, but neither key nor picture', async () => {
  const tagged = await sharp(bytes)
    .withExif({ IFD0: { Copyright: 'Somebody' } })
    .jpeg()
    .toBuffer();
  await ask(emulator, chatBody([imagePart(dataUrl(tagged), 'low')]));
  const [entry] = emulator.requests;
  expect(entry).toMatchObject({
    number: 1,
    deployment: 'gpt-41',
    form: 'dated',
    apiVersion: '2024-10-21',
    headers: { 'api-key': '(hidden)', 'content-type': 'application/json' },
    outcome: 'answered',
    httpStatus: 200,
    charge: 'said',
  });
  expect(entry?.pictures).toEqual([
    expect.objectContaining({
      bytes: tagged.length,
      format: 'jpeg',
      widthPx: 320,
      heightPx: 240,
      detail: 'low',
      imageTokens: 85,
      hasMetadata: true,
    }),
  ]);
  const text = JSON.stringify(entry);
  expect(text).toContain('Describe this picture.');
  expect(text).not.toContain(emulator.key);
  expect(text).not.toContain(tagged.toString('base64').slice(0, 100));
  expect(text.length).toBeLessThan(4000);
});

test('tells when detail was left out or left to the service', async () => {
  const url = dataUrl(bytes);
  await ask(
    emulator,
    chatBody([{ type: 'image_url', image_url: { url } }, imagePart(url, 'auto'), picture()]),
  );
  expect(emulator.requests[0]?.pictures.map(({ detail }) => detail)).toEqual(['missing', 'auto', 'high']);
});

test('shows a picture that lies on its side', async () => {
  const turned = await sharp(bytes).withMetadata({ orientation: 6 }).toBuffer();
  await ask(emulator, chatBody([picture(turned)]));
  expect(emulator.requests[0]?.pictures[0]?.isTurned).toBe(true);
});

test('adds up what was answered, and counts each picture', async () => {
  const answers: { body: CompletionBody }[] = [];
  for (const seed of [1, 1, 2]) {
    answers.push(await ask(emulator, chatBody([picture(await drawPicture(seed))])));
  }
  await refusal(emulator, chatBody([]), { headers: { 'api-key': 'wrong' } });
  const sum = (of: (usage: NonNullable<CompletionBody['usage']>) => number) =>
    answers.reduce((total, { body }) => total + of(body.usage!), 0);
  expect(emulator.totals()).toEqual({
    requests: 4,
    answered: 3,
    promptTokens: sum((usage) => usage.prompt_tokens),
    completionTokens: sum((usage) => usage.completion_tokens),
    reasoningTokens: 0,
    transactions: 0,
    chargedWithoutUsage: 0,
    free: 1,
    peakInFlight: 1,
  });
  const words = await Promise.all(
    [1, 2].map(async (seed) => (await describePicture(await drawPicture(seed))).fingerprint),
  );
  expect(words.map((word) => emulator.pictures.get(word)?.answered)).toEqual([2, 1]);
});

test('keeps the sums when it lets old entries go', async () => {
  const short = await startEmulator({ mostEntries: 2 });
  for (let count = 0; count < 5; count += 1) await ask(short, chatBody([]));
  await short.close();
  expect(short.requests.map(({ number }) => number)).toEqual([4, 5]);
  expect(short.totals()).toMatchObject({ requests: 5, answered: 5 });
});

test('a reader who goes away is charged without a word on how much', async () => {
  const reading = new AbortController();
  emulator.faults.next({ name: 'slow', until: new Promise(() => undefined) });
  const answer = post(emulator, chatBody([picture()]), { signal: reading.signal });
  await emulator.waitForRequests(1);
  await expect.poll(() => emulator.requests[0]?.fault).toBe('slow');
  reading.abort();
  await expect(answer).rejects.toThrow('aborted');
  await expect.poll(() => emulator.requests[0]?.outcome).toBe('reader-gone');
  expect(emulator.totals()).toMatchObject({ answered: 0, chargedWithoutUsage: 1 });
});
