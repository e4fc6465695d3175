import { assert, array, constantFrom, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerId, AssetId, ConnectionId, ThreadId } from '../../app/contract/ids.ts';
import type { ThreadAnswer } from '../../app/contract/procedures/thread.ts';
import { chooseTurns } from '../../app/threads/turns.ts';

const assets = (...ids: number[]): AssetId[] => ids as AssetId[]; // why: ids of a test

function turn(more: Partial<ThreadAnswer>): ThreadAnswer {
  return {
    id: 1 as AnswerId, // why: ids of a test
    threadId: 1 as ThreadId, // why: as above
    question: 'What?',
    answer: 'That.',
    state: 'answered',
    error: null,
    finishReason: 'stop',
    assetIds: assets(1),
    crop: null,
    moment: null,
    connectionId: 1 as ConnectionId, // why: as above
    connection: 'c',
    modelAnswered: null,
    detail: 'high',
    requestId: null,
    usage: null,
    costMicroUsd: null,
    booking: null,
    askedAtMs: 1,
    answeredAtMs: 2,
    ...more,
  };
}

const about = (...ids: number[]): ThreadAnswer => turn({ assetIds: assets(...ids) });

const same = { assetIds: assets(1), crop: null, moment: null };

describe('earlier turns', () => {
  it('are the answered ones, also half ones; refusals and failures tell nothing', () => {
    const { turns } = chooseTurns(
      [
        turn({ answer: 'one' }),
        turn({ answer: 'I cannot.', finishReason: 'refused' }),
        turn({ answer: null, state: 'failed' }),
        turn({ answer: 'tw', state: 'partial', finishReason: 'canceled' }),
        turn({ answer: null, state: 'asking' }),
      ],
      same,
    );
    expect(turns.map(({ answer }) => answer)).toEqual(['one', 'tw']);
  });

  it('have the pictures where they were first asked about without a break', () => {
    expect(chooseTurns([about(1), about(1)], same).picturesAt).toBe(0);
    expect(chooseTurns([about(1), about(2), about(1)], same).picturesAt).toBe(2);
    expect(chooseTurns([about(1), about(2)], same).picturesAt).toBe(2);
    expect(chooseTurns([], same).picturesAt).toBe(0);
    const crop = { x: 0, y: 0, width: 0.5, height: 0.5 };
    expect(chooseTurns([about(1)], { ...same, crop }).picturesAt).toBe(1);
    const moment = { startMs: 0, endMs: 1_000 };
    expect(chooseTurns([about(1)], { ...same, moment }).picturesAt).toBe(1);
    expect(chooseTurns([turn({ moment })], { ...same, moment }).picturesAt).toBe(0);
  });

  it('never cost more than their bound, and are the last ones in order', () => {
    const some = array(
      record({
        question: string({ maxLength: 40 }),
        answer: string({ minLength: 1, maxLength: 5_000 }),
        assetIds: constantFrom(assets(1), assets(2), assets(1, 2)),
        askedAtMs: integer(),
      }),
      { maxLength: 30 },
    );
    assert(
      property(some, (answers) => {
        const { turns, picturesAt } = chooseTurns(answers.map(turn), same);
        const chars = turns.reduce((sum, { question, answer }) => sum + question.length + answer.length, 0);
        expect(chars).toBeLessThanOrEqual(12_000);
        expect(turns.length).toBeLessThanOrEqual(10);
        expect(turns).toEqual(
          answers.slice(answers.length - turns.length).map(({ question, answer }) => ({ question, answer })),
        );
        expect(picturesAt).toBeLessThanOrEqual(turns.length);
      }),
    );
  });
});
