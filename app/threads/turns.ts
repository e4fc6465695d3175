import type { ThreadAnswer } from '../contract/procedures/thread.ts';

/** A question that was answered before, as it goes along with the next one. */
export type Turn = { readonly question: string; readonly answer: string };

export type Turns = {
  /** Oldest first. */
  readonly turns: readonly Turn[];
  /** The first of them that is about the same pictures as the new question; `turns.length` when none is. */
  readonly picturesAt: number;
};

/** What a question is about. */
type Shown = Pick<ThreadAnswer, 'assetIds' | 'crop' | 'moment'>;

const mostTurns = 10;
/** Of all of them together: every character is paid for again with each question. */
const mostChars = 12_000;

/**
 * The turns of a thread that go along with a new question: the last ones, whole, as far as they fit. What was refused,
 * blocked or never answered is left out: it tells the model nothing.
 */
export function chooseTurns(answers: readonly ThreadAnswer[], shown: Shown): Turns {
  const kept: ThreadAnswer[] = [];
  let chars = 0;
  for (const answer of answers.toReversed()) {
    if (!isTold(answer)) continue;
    chars += answer.question.length + (answer.answer?.length ?? 0);
    if (kept.length === mostTurns || chars > mostChars) break;
    kept.unshift(answer);
  }
  const other = kept.findLastIndex((answer) => picturesOf(answer) !== picturesOf(shown));
  return {
    turns: kept.flatMap(({ question, answer }) => (answer === null ? [] : [{ question, answer }])),
    picturesAt: other + 1,
  };
}

function isTold({ state, answer, finishReason }: ThreadAnswer): boolean {
  return (state === 'answered' || state === 'partial') && answer !== null && finishReason !== 'refused';
}

function picturesOf({ assetIds, crop, moment }: Shown): string {
  return JSON.stringify([
    assetIds,
    crop === null ? null : [crop.x, crop.y, crop.width, crop.height],
    moment === null ? null : [moment.startMs, moment.endMs],
  ]);
}
