import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { describePicture } from '../azure-emulator/describe-picture.ts';
import { askOf, openWith, type AskPart } from '../helpers/asking.ts';
import { azureSettings, readLedger, useBench, writeOld } from '../helpers/engine.ts';

/** gpt-4.1, in micro-dollars. */
const costOf = (usage: { inputTokens: number; outputTokens: number } | null): number =>
  usage === null ? Number.NaN : usage.inputTokens * 2 + usage.outputTokens * 8;

describe('a question', () => {
  test('is answered as it streams, and kept with its photo, its usage and its exact cost', async () => {
    const bench = await useBench();
    const { engine, paths, ids, ask } = await openWith(bench, 1);
    const [path = ''] = paths;

    const answer = await ask({ assetIds: ids, question: 'What is in this picture?' });

    const [request] = bench.emulator.requests;
    expect(request).toMatchObject({ isStream: true, outcome: 'answered', pictures: [{ detail: 'high' }] });
    const seen = await describePicture(await readFile(path), { upright: true });
    expect(answer.answer).toContain(seen.fingerprint);
    expect(answer.streamed.trim()).toBe(answer.answer);
    expect(answer).toMatchObject({ isPartial: false, finishReason: 'stop', booking: 'exact', error: null });
    const { promptTokens, completionTokens } = bench.emulator.totals();
    expect(answer.usage).toEqual({ inputTokens: promptTokens, outputTokens: completionTokens });
    expect(answer.costMicroUsd).toBe(costOf(answer.usage));

    const thread = await engine.engine.call('thread.get', { id: answer.threadId });
    expect(thread).toMatchObject({
      question: 'What is in this picture?',
      photos: 1,
      assetIds: ids,
      isAsking: false,
      costMicroUsd: answer.costMicroUsd,
      answers: [
        { state: 'answered', answer: answer.answer, crop: null, modelAnswered: expect.any(String) as string },
      ],
    });
    const usage = await engine.usage();
    expect(usage).toMatchObject({ requests: 1, costMicroUsd: answer.costMicroUsd, unexplained: [] });
  });

  test('costs what its plan said, and no more than the plan’s most', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 3);
    const wish = { assetIds: ids, question: 'Which one is the brightest?' };
    const plan = await engine.engine.call('thread.plan', { ...wish, connectionId: engine.connection.id });
    expect(bench.emulator.totals().requests).toBe(0);

    const { costMicroUsd } = await ask(wish);

    const [request] = bench.emulator.requests;
    expect(plan.photos).toBe(3);
    expect(plan.imageTokens).toBe(request?.pictures.reduce((sum, { imageTokens }) => sum + imageTokens, 0));
    expect(plan.pictures.map(({ widthPx, heightPx }) => ({ widthPx, heightPx }))).toEqual(
      request?.pictures.map(({ widthPx, heightPx }) => ({ widthPx, heightPx })),
    );
    expect(costMicroUsd).toBeLessThanOrEqual(plan.maxCostMicroUsd ?? 0);
    expect(plan.inputTokens).toBeGreaterThanOrEqual(bench.emulator.totals().promptTokens);
  });

  test('about several photos shows them in the order in which they were named', async () => {
    const bench = await useBench();
    const { ids, paths, ask } = await openWith(bench, 3);
    const reversed = ids.toReversed();
    await ask({ assetIds: reversed, question: 'What differs?' });
    const words = await Promise.all(
      paths.toReversed().map(async (path) => (await describePicture(await readFile(path))).fingerprint),
    );
    expect(bench.emulator.requests[0]?.pictures.map(({ fingerprint }) => fingerprint)).toEqual(words);
  });

  test('about more photos than the model takes is refused with the number that fits, before anything is sent', async () => {
    const bench = await useBench();
    const { ids, ask } = await openWith(
      bench,
      11,
      azureSettings(bench.emulator, { deployment: 'gpt-4-turbo', modelId: 'gpt-4-turbo' }),
    );
    await expect(ask({ assetIds: ids, question: 'How many?' })).rejects.toMatchObject({
      code: 'too-many-photos',
      details: { limit: 10, photos: 11 },
    });
    expect(bench.emulator.totals().requests).toBe(0);
  });

  test('about more photos than the model takes is planned in parts, none of which is larger than it may be', async () => {
    const bench = await useBench();
    const settings = azureSettings(bench.emulator, { deployment: 'gpt-4-turbo', modelId: 'gpt-4-turbo' });
    const { engine, ids, ask } = await openWith(bench, 23, settings);
    const wish = { assetIds: ids, question: 'Which is the sharpest?' };

    const plan = await engine.engine.call('thread.plan', { ...wish, connectionId: engine.connection.id });
    expect(plan.parts.flat()).toEqual(ids);
    expect(plan.parts.map(({ length }) => length)).toEqual([8, 7, 8]);
    expect(plan).toMatchObject({ photos: 23, maxPhotos: 10 });

    const costs: (number | null)[] = [];
    for (const assetIds of plan.parts) costs.push((await ask({ ...wish, assetIds })).costMicroUsd);
    expect(bench.emulator.requests.map(({ pictures }) => pictures.length)).toEqual([8, 7, 8]);
    const cost = costs.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0);
    expect(cost).toBeLessThanOrEqual(plan.maxCostMicroUsd ?? 0);
    expect(plan.inputTokens).toBeGreaterThanOrEqual(bench.emulator.totals().promptTokens);
  });

  test('cannot be answered by the built-in describer, which says what to do', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 1, { kind: 'built-in' });
    await expect(ask({ assetIds: ids, question: 'What?' })).rejects.toMatchObject({ code: 'no-questions' });
    expect((await engine.engine.call('thread.list', {})).threads).toEqual([]);
  });

  test('finds its photo again by what was asked, and by what was answered', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 2);
    const [first] = ids;
    const { answer } = await ask({ assetIds: ids.slice(0, 1), question: 'What does the receipt say?' });
    const word = /“(\w+)”/.exec(answer)?.[1] ?? '';
    const found = async (query = word) =>
      (await engine.engine.call('search.query', { query })).photos.map(({ id }) => id);
    expect(await found()).toEqual([first]);
    expect(await found('receipt')).toEqual([first]);

    const { threads } = await engine.engine.call('thread.list', {});
    for (const { id } of threads) await engine.engine.call('thread.remove', { id });
    expect(await found()).toEqual([]);
  });
});

describe('going on', () => {
  test('takes the earlier turns along, and the pictures once', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 2);
    const first = await ask({ assetIds: ids, question: 'What is to be seen?' });
    await ask({ threadId: first.threadId, question: 'And which one is darker?' });

    const messages = messagesOf(bench.emulator.requests[1]?.body);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[2]?.text).toBe(first.answer);
    expect(messages.map(({ pictures }) => pictures)).toEqual([0, 2, 0, 0]);
    expect(messages[3]?.text).toBe('And which one is darker?');
    // Up to the new question everything is as it was, which services charge less for.
    const [before] = bench.emulator.requests;
    expect(messages.slice(0, 2)).toEqual(messagesOf(before?.body));
    const thread = await engine.engine.call('thread.get', { id: first.threadId });
    expect(thread.answers.map(({ assetIds }) => assetIds)).toEqual([ids, ids]);
  });

  test('with another part of the photo shows that part, beside the new question', async () => {
    const bench = await useBench();
    const { ids, ask } = await openWith(bench, 1);
    const { threadId } = await ask({ assetIds: ids, question: 'What is this?' });
    await ask({ threadId, question: 'And here?', crop: { x: 0, y: 0, width: 0.5, height: 0.5 } });
    await ask({ threadId, question: 'Is it bright?' });
    const sizes = bench.emulator.requests.map(({ pictures }) =>
      pictures.map(({ widthPx, heightPx }) => [widthPx, heightPx]),
    );
    expect(sizes).toEqual([[[320, 240]], [[160, 120]], [[160, 120]]]);
    expect(messagesOf(bench.emulator.requests[1]?.body).map(({ pictures }) => pictures)).toEqual([
      0, 0, 0, 1,
    ]);
    expect(messagesOf(bench.emulator.requests[2]?.body).map(({ pictures }) => pictures)).toEqual([
      0, 0, 0, 1, 0, 0,
    ]);
  });
});

describe('a part of a photo', () => {
  test('is cut from the upright original at its full resolution', async () => {
    const bench = await useBench();
    const photo = join(bench.photos, 'turned.jpg');
    // Upright it is 1200 × 2400; the red square is 300 px wide, at 600, 1500 of that.
    const upright = await sharp({ create: { width: 1200, height: 2400, channels: 3, background: '#224466' } })
      .composite([
        {
          input: { create: { width: 300, height: 300, channels: 3, background: '#ee2211' } },
          left: 600,
          top: 1500,
        },
      ])
      .png()
      .toBuffer();
    // Orientation 6: stored turned by 90° to the left.
    await writeOld(
      photo,
      await sharp(upright).rotate(-90).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(),
    );
    const engine = await bench.open();
    await engine.scan(bench.photos);
    const { id } = await engine.show(photo);

    const { answer } = await askOf(engine, {
      assetIds: [id],
      question: 'What colour?',
      crop: { x: 600 / 1200, y: 1500 / 2400, width: 300 / 1200, height: 300 / 2400 },
    });

    const [picture] = bench.emulator.requests[0]?.pictures ?? [];
    expect(picture).toMatchObject({ widthPx: 300, heightPx: 300, hasMetadata: false });
    expect(answer).toContain('mostly red');
    expect(answer).not.toContain('blue');
  });

  test('outside the picture, or of several photos, is refused before anything is sent', async () => {
    const bench = await useBench();
    const { ids, ask } = await openWith(bench, 2);
    const outside = { x: 0.8, y: 0, width: 0.4, height: 1 };
    await expect(ask({ assetIds: ids.slice(1), question: 'What?', crop: outside })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const inside = { x: 0, y: 0, width: 0.5, height: 0.5 };
    await expect(ask({ assetIds: ids, question: 'What?', crop: inside })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(bench.emulator.totals().requests).toBe(0);
  });
});

describe('money', () => {
  test('an answer that is stopped keeps what came, marked, and is booked at its upper estimate', async () => {
    const bench = await useBench();
    bench.emulator.faults.next({ name: 'slow-stream', delayMs: 30 });
    const { engine, ids, ask } = await openWith(bench, 1);
    const stop = new AbortController();
    const answer = await ask(
      { assetIds: ids, question: 'What is this?' },
      {
        signal: stop.signal,
        onPart: (part) => {
          if ('text' in part && part.text.trim() !== '') stop.abort();
        },
      },
    );
    expect(answer).toMatchObject({
      isPartial: true,
      finishReason: 'canceled',
      booking: 'estimate',
      usage: null,
    });
    expect(answer.answer).toBe(answer.streamed.trim());
    const { unexplained, costMicroUsd } = await engine.usage();
    expect(unexplained).toHaveLength(1);
    expect(costMicroUsd).toBe(answer.costMicroUsd);
    const { answers } = await engine.engine.call('thread.get', { id: answer.threadId });
    expect(answers).toMatchObject([{ state: 'partial', answer: answer.answer }]);
  });

  test('a stream that is cut keeps what came, says why, and is booked at its upper estimate', async () => {
    const bench = await useBench();
    bench.emulator.faults.next('cut-stream');
    const { ids, ask } = await openWith(bench, 1);
    const answer = await ask({ assetIds: ids, question: 'What is this?' });
    expect(answer).toMatchObject({
      isPartial: true,
      finishReason: 'cut-off',
      booking: 'estimate',
      error: { code: 'provider-cut-off' },
    });
    expect(readLedger(bench.library)).toMatchObject([{ state: 'unanswered', booking: 'estimate' }]);
  });

  test('what a late block takes back is not kept, and is paid for', async () => {
    const bench = await useBench();
    bench.emulator.faults.next('stream-late-filter');
    const { engine, ids, ask } = await openWith(bench, 1);
    await expect(ask({ assetIds: ids, question: 'What is this?' })).rejects.toMatchObject({
      code: 'content-filtered',
    });
    const { threads } = await engine.engine.call('thread.list', { assetId: ids[0] });
    expect(threads).toMatchObject([{ answer: null }]);
    expect(threads[0]?.costMicroUsd).toBeGreaterThan(0);
  });

  test('a budget that the question may exceed is refused before anything is sent', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 1);
    const wish = { assetIds: ids, question: 'What is this?' };
    const { maxCostMicroUsd } = await engine.engine.call('thread.plan', {
      ...wish,
      connectionId: engine.connection.id,
    });
    const most = maxCostMicroUsd ?? 0;
    await expect(ask({ ...wish, budgetMicroUsd: most - 1 })).rejects.toMatchObject({
      code: 'budget-exceeded',
    });
    expect(bench.emulator.totals().requests).toBe(0);
    expect((await engine.engine.call('thread.list', {})).threads).toEqual([]);
    expect(await ask({ ...wish, budgetMicroUsd: most })).toMatchObject({ booking: 'exact' });
  });

  test.each([
    ['a key that is refused', 'provider-unauthorized', 'unauthorized'],
    ['a service that fails', 'provider-unavailable', 'server-error'],
  ] as const)('%s costs nothing and leaves no thread behind', async (_name, code, fault) => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 1);
    bench.emulator.faults.always(fault);
    await expect(ask({ assetIds: ids, question: 'What?' })).rejects.toMatchObject({ code });
    expect((await engine.engine.call('thread.list', {})).threads).toEqual([]);
    expect((await engine.usage()).costMicroUsd).toBe(0);
  });

  test('without a network nothing is sent and nothing is booked', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 1);
    await bench.emulator.goOffline();
    await expect(ask({ assetIds: ids, question: 'What?' })).rejects.toMatchObject({
      code: 'provider-unreachable',
    });
    expect((await engine.engine.call('thread.list', {})).threads).toEqual([]);
    expect(readLedger(bench.library)).toEqual([]);
  });

  test('a rate limit is waited for, told, and costs nothing', async () => {
    const bench = await useBench();
    // Not over before a busy machine has looked at it.
    bench.emulator.faults.next({ name: 'rate-limited-ms', retryAfterMs: 1_000 });
    const { ids, ask } = await openWith(bench, 1);
    const waits: AskPart[] = [];
    const answer = await ask(
      { assetIds: ids, question: 'What?' },
      { onPart: (part) => void ('waitingUntilMs' in part && waits.push(part)) },
    );
    expect(answer.finishReason).toBe('stop');
    expect(waits).toHaveLength(1);
    expect(readLedger(bench.library).map(({ booking }) => booking)).toEqual(['free', 'exact']);
  });

  test('a parameter that the deployment refuses is left out, and the question asked again', async () => {
    const bench = await useBench();
    bench.emulator.faults.next({ name: 'unsupported-parameter', parameter: 'temperature' });
    const { ids, ask } = await openWith(bench, 1);
    expect(await ask({ assetIds: ids, question: 'What?' })).toMatchObject({ finishReason: 'stop' });
  });
});

describe('privacy', () => {
  test.each(['local-only', 'built-in-only'] as const)(
    'photos of a folder that is %s are never sent',
    async (privacy) => {
      const bench = await useBench();
      const { engine, ids, ask } = await openWith(bench, 2);
      const [root] = await engine.engine.call('root.list', {});
      if (root === undefined) throw new Error('there is a root');
      await engine.engine.call('root.set', { rootId: root.id, privacy });
      await expect(ask({ assetIds: ids, question: 'What?' })).rejects.toMatchObject({ code: 'privacy' });
      expect(bench.emulator.totals().requests).toBe(0);
    },
  );
});

describe('beside a run', () => {
  test('a question does not wait for the photos that are being described', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 12, azureSettings(bench.emulator, { concurrency: 2 }));
    engine.knowToAnswer();
    const held = Promise.withResolvers<void>();
    bench.emulator.faults.always({ name: 'slow', until: held.promise, when: isNoQuestion });
    const run = await engine.begin();
    await bench.emulator.waitForRequests(2);

    expect(await ask({ assetIds: ids.slice(0, 1), question: 'What?' })).toMatchObject({
      finishReason: 'stop',
    });

    const done = engine.settle(run.id);
    held.resolve();
    expect((await done).jobs.finished).toBe(12);
  });

  test('an engine that closes finishes the answer that it has paid for', async () => {
    const bench = await useBench();
    const { engine, ids, ask } = await openWith(bench, 1);
    bench.emulator.faults.next({ name: 'slow-stream', delayMs: 20 });
    const asked = Promise.withResolvers<void>();
    const answering = ask(
      { assetIds: ids, question: 'What?' },
      { onPart: (part) => void ('text' in part && asked.resolve()) },
    );
    await asked.promise;
    await engine.close();
    expect(await answering).toMatchObject({ finishReason: 'stop', booking: 'exact' });
    await expect(ask({ assetIds: ids, question: 'What?' })).rejects.toMatchObject({ code: 'engine-closed' });
  });
});

const isNoQuestion = ({ isStream }: { isStream: boolean }): boolean => !isStream;

type Message = { readonly role: string; readonly text: string; readonly pictures: number };

function messagesOf(body: unknown): Message[] {
  const { messages } = body as {
    messages: { role: string; content: string | { type: string; text?: string }[] }[];
  }; // why: the emulator has checked it
  return messages.map(({ role, content }) =>
    typeof content === 'string'
      ? { role, text: content, pictures: 0 }
      : {
          role,
          text: content.map(({ text = '' }) => text).join(''),
          pictures: content.filter(({ type }) => type === 'image_url').length,
        },
  );
}
