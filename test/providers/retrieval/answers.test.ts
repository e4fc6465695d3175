import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument, readHit, readIngestion, readState } from '../../../app/providers/retrieval/answers.ts';
import { parseTimeSpan } from '../../../app/providers/retrieval/time-span.ts';

// The two places that AZURE §6 quotes; times by hand.
test('places in videos, as the reference shows them', () => {
  expect(
    readHit({
      documentId: 'd1',
      documentKind: 'VideoFrame',
      start: '00:01:58',
      end: '00:02:09',
      best: '00:02:03',
      relevance: 0.234,
    }),
  ).toEqual({
    documentId: 'd1',
    kind: 'frame',
    startMs: 118_000,
    endMs: 129_000,
    bestMs: 123_000,
    relevance: 0.234,
  });
  expect(
    readHit({
      documentId: 'd1',
      documentKind: 'SpeechTextSegment',
      start: '00:07:07.8400000',
      end: '00:07:08.4400000',
      best: '00:07:07.8400000',
      relevance: 0.18,
    }),
  ).toMatchObject({ kind: 'speech', startMs: 427_840, endMs: 428_440 });
});

test('every time of day is read back to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_399_999 }), (ms) => {
      const written = new Date(ms).toISOString().slice(11, 23);
      expect(parseTimeSpan(`${written}0000`)).toBe(ms);
      expect(parseTimeSpan(`1.${written}`)).toBe(ms + 86_400_000);
    }),
  );
});

test.each(['', 'soon', '99', '00:61:00', '00:00:60', '-00:00:01', '00:00', '00:00:00,5'])(
  '%j is no time of a video',
  (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  },
);

// The reference's words and the samples' words.
test.each([
  ['notStarted', 'not-started'],
  ['NotStarted', 'not-started'],
  ['running', 'running'],
  ['Running', 'running'],
  ['completed', 'completed'],
  ['Completed', 'completed'],
  ['Failed', 'failed'],
  ['partiallySucceeded', 'partially-succeeded'],
  ['PartiallySucceeded', 'partially-succeeded'],
  ['Validating', 'unknown'],
  [undefined, 'unknown'],
])('the state %s', (word, state) => {
  expect(readState(word)).toBe(state);
});

test('of several videos each has its own end', () => {
  const read = readIngestion({
    name: 'i',
    state: 'PartiallySucceeded',
    fileStatusDetails: [
      { documentId: 'good', succeeded: true, error: null },
      {
        documentId: 'bad',
        succeeded: false,
        error: { code: 'X', message: 'outer', innerError: { message: 'inner' } },
      },
      { documentId: 'waits' },
      'nonsense',
    ],
  });
  expect(read?.documents).toEqual([
    { documentId: 'good', succeeded: true },
    { documentId: 'bad', succeeded: false, reason: 'inner' },
    { documentId: 'waits' },
  ]);
});

test('whatever comes, reading it never throws, and no address keeps its signature', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.string(), (value, path) => {
      readIngestion(value);
      readHit(value);
      const read = readDocument({
        documentId: 'd',
        documentUrl: `https://a.example/${path}?sv=1&sig=secret`,
        error: value,
      });
      expect(read?.url).not.toContain('sig=');
    }),
  );
});
