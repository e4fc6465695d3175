import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startEmulator } from '../azure-emulator/server.ts';
import { makePhoto } from '../helpers/photos.ts';
import { createSandbox, jsonLines } from './run-cli.ts';
import { scanWithin } from './set-up.ts';
import { errorDocument, usageDocument } from './shapes.ts';

const count = z.number().int().nonnegative();
/** What scripts may rely on (DESIGN §11). */
const answerDocument = z.looseObject({
  answer: z.string(),
  finishReason: z.string(),
  usage: z.looseObject({ inputTokens: count, outputTokens: count, costMicroUsd: count }),
});

/** A library with two scanned photos of 300 × 200 pixels, and a service. */
async function setUp() {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const sandbox = await createSandbox();
  const photos = [1, 2].map((seed) => join(sandbox.photos, `${String(seed)}.jpg`));
  for (const [index, path] of photos.entries()) {
    await makePhoto(path, { seed: index + 1, widthPx: 300, heightPx: 200 });
  }
  await scanWithin(sandbox);
  const env = {
    AZURE_OPENAI_ENDPOINT: emulator.endpoint,
    AZURE_OPENAI_API_KEY: emulator.key,
    AZURE_OPENAI_DEPLOYMENT: 'gpt-41',
    OPENAI_API_VERSION: '2024-10-21',
  };
  const azure = ['--connection', 'azure-openai', '--model', 'gpt-4.1'];
  return {
    emulator,
    sandbox,
    photos,
    azure,
    run: (args: readonly string[]) => sandbox.run(args, { env }),
    start: (args: readonly string[]) => sandbox.start(args, { env }),
  };
}

test('an answer is the one document on stdout, and its cost is the ledger’s', async () => {
  const { run, photos, azure } = await setUp();
  const ended = await run(['ask', ...photos, 'What differs?', ...azure, '--json']);
  expect(ended.status).toBe(0);
  const [document, ...rest] = jsonLines(ended);
  expect(rest).toEqual([]);
  const { answer, finishReason, usage } = answerDocument.parse(document);
  expect(answer).toMatch(/^1\. .*\n2\. /);
  expect(finishReason).toBe('stop');
  expect(usageDocument.parse(jsonLines(await run(['usage', '--json']))[0])).toMatchObject({
    requests: 1,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    costMicroUsd: usage.costMicroUsd,
  });
});

test('what it costs is said before, and what it did cost after', async () => {
  const { run, photos, azure } = await setUp();
  const { stdout, stderr } = await run(['ask', photos[0] ?? '', 'What?', ...azure]);
  expect(stdout).toMatch(/picture/);
  expect(stderr).toMatch(/1 photo to gpt-41[^]*at most\s+\$[^]*tokens in[^]*\$[^]*ask --thread 1/);
});

test('about more photos than the model takes, each part is answered by itself, and says which photo is which', async () => {
  const { run, sandbox, emulator } = await setUp();
  const paths = Array.from({ length: 12 }, (_, index) => join(sandbox.photos, `more-${String(index)}.jpg`));
  for (const [index, path] of paths.entries()) {
    await makePhoto(path, { seed: index + 10, widthPx: 300, heightPx: 200 });
  }
  await scanWithin(sandbox);
  const ask = [
    'ask',
    ...paths,
    'Which?',
    '--connection',
    'azure-openai',
    '--deployment',
    'gpt-4-turbo',
    '--model',
    'gpt-4-turbo',
  ];
  const poor = await run([...ask, '--budget', '0.001']);
  expect(poor.status).not.toBe(0);
  expect(emulator.totals().requests).toBe(0);

  const { status, stdout, stderr } = await run([...ask, '--budget', '5', '--json']);
  expect(status).toBe(0);
  expect(emulator.requests.map(({ pictures }) => pictures.length)).toEqual([6, 6]);
  expect(jsonLines({ stdout }).map((line) => answerDocument.parse(line).finishReason)).toEqual([
    'stop',
    'stop',
  ]);
  expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(
    /12 photos .* in 2 requests.*Part 1 of 2 1 more-0\.jpg · .*6 more-5\.jpg.*Part 2 of 2 1 more-6\.jpg/,
  );
});

test('a thread goes on with its connection and its photo; show lists it', async () => {
  const { run, photos, azure, emulator } = await setUp();
  await run(['ask', basename(photos[0] ?? ''), 'What?', ...azure]);
  const again = await run(['ask', '--thread', '1', 'And why?']);
  expect(again.status).toBe(0);
  expect(emulator.requests[1]?.pictures).toEqual(emulator.requests[0]?.pictures);
  const { stdout } = await run(['show', photos[0] ?? '']);
  expect(stdout).toMatch(/Thread 1 .*2 questions[^]*What\?/);
  const [shown] = jsonLines(await run(['threads', 'show', '1', '--json']));
  expect(shown).toMatchObject({ questions: 2, answers: [{ question: 'What?' }, { question: 'And why?' }] });
});

test('--crop shows that part, and is refused beyond the picture', async () => {
  const { run, photos, azure, emulator } = await setUp();
  const beyond = await run(['ask', photos[0] ?? '', 'What?', '--crop', '200,0,150,100', ...azure]);
  expect(beyond.stderr.replaceAll(/\s+/g, ' ')).toContain(
    'goes beyond the picture, which is 300 × 200 pixels',
  );
  expect(beyond.status).toBe(2);
  expect(emulator.totals().requests).toBe(0);
  await run(['ask', photos[0] ?? '', 'What?', '--crop', '30,20,150,100', ...azure]);
  expect(emulator.requests[0]?.pictures).toMatchObject([{ widthPx: 150, heightPx: 100 }]);
});

test('the built-in describer says that it cannot answer, and what to do', async () => {
  const { run, photos } = await setUp();
  const { status, stderr, stdout } = await run(['ask', photos[0] ?? '', 'What?', '--json']);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain('cannot answer questions');
  expect(stderr).toContain('--connection azure-openai');
  expect(errorDocument.parse(jsonLines({ stdout })[0]).error.code).toBe('no-questions');
  expect(status).toBe(2);
});

test('what nobody knows the price of is not sent by a script without a yes', async () => {
  const { run, photos, emulator } = await setUp();
  const ask = ['ask', photos[0] ?? '', 'What?', '--connection', 'azure-openai', '--model', 'somebodys-model'];
  const refused = await run(ask);
  expect(refused.stderr).toContain('--yes');
  expect(refused.status).toBe(2);
  expect(emulator.totals().requests).toBe(0);
  expect((await run([...ask, '--yes'])).status).toBe(0);
});

test('Ctrl-C stops the answer, keeps what came, and says what it may have cost', async () => {
  const { run, start, photos, azure, emulator } = await setUp();
  emulator.faults.always({ name: 'slow-stream', delayMs: 100 });
  const asking = start(['ask', photos[0] ?? '', 'What?', ...azure]);
  await emulator.waitForRequests(1);
  asking.child.kill('SIGINT');
  const { status, stderr } = await asking.ended;
  expect(stderr).toMatch(/may\s+have\s+cost\s+up\s+to\s+\$/);
  expect(status).toBe(130);
  const usage = usageDocument.parse(jsonLines(await run(['usage', '--json']))[0]);
  expect(usage.costMicroUsd).toBeGreaterThan(0);
  const [{ threads }] = z
    .tuple([z.object({ threads: z.array(z.looseObject({ question: z.string() })) })])
    .parse(jsonLines(await run(['threads', '--json'])));
  expect(threads).toMatchObject([{ question: 'What?' }]);
});

test('--use-as caption makes it the photo’s caption, and threads undo takes it back', async () => {
  const { run, photos, azure } = await setUp();
  const captionOf = async () => {
    const [shown] = jsonLines(await run(['show', photos[0] ?? '', '--json']));
    return (
      z.looseObject({ description: z.looseObject({ caption: z.unknown() }).nullable() }).parse(shown)
        .description?.caption ?? null
    );
  };
  const [asked] = jsonLines(
    await run(['ask', photos[0] ?? '', 'A caption?', '--use-as', 'caption', '--json', ...azure]),
  );
  const { answer } = answerDocument.parse(asked);
  expect(await captionOf()).toEqual({ text: answer, owner: 'person' });
  await run(['threads', 'undo', '1']);
  expect(await captionOf()).toBeNull();
});

test('a connection that could not answer leaves nothing in the list', async () => {
  const { run, photos, azure } = await setUp();
  const listed = async (): Promise<unknown> => jsonLines(await run(['connections', '--json']))[0];
  const mistyped = await run(['ask', photos[0] ?? '', 'What?', ...azure, '--endpoint', 'http://127.0.0.1:9']);
  expect(mistyped.status).not.toBe(0);
  expect(await listed()).toEqual([]);
  await run(['ask', basename(photos[0] ?? ''), 'What?', ...azure]);
  expect(await listed()).toMatchObject([{ deployment: 'gpt-41' }]);
});

test('what lists no keywords is shown and paid, but not used', async () => {
  const { run, photos, azure } = await setUp();
  const { status, stdout, stderr } = await run([
    'ask',
    photos[0] ?? '',
    'What?',
    '--use-as',
    'keywords',
    ...azure,
  ]);
  expect(stdout).toContain('picture');
  expect(stderr).toContain('no keywords');
  expect(status).toBe(1);
});

test('an error within the answer is told as what it is, once, and by usage too', async () => {
  const { run, photos, azure, emulator } = await setUp();
  emulator.faults.next('stream-error');
  const { status, stderr } = await run(['ask', photos[0] ?? '', 'What?', ...azure]);
  const said = stderr.replaceAll(/\s+/g, ' ');
  expect(said).toMatch(/ It may have cost up to \$/);
  expect(said).toContain('The service broke off its answer with an error. Ask again.');
  expect(said).not.toMatch(/again and again|photos later/);
  expect(status).toBe(1);
  const used = (await run(['usage'])).stdout.replaceAll(/\s+/g, ' ');
  expect(used).toContain('the service broke off with an error');
  expect(used).not.toMatch(/again and again|photos later/);
});
