import { stripVTControlCharacters } from 'node:util';
import type { ErrorInfo } from '../contract/errors.ts';
import type { AnswerFinish } from '../contract/procedures/thread.ts';
import type { FinishReason } from '../providers/provider.ts';
import type { AnswerEnd } from './thread-store.ts';

/** What became of a question, as it is kept. */
export type SettledAnswer = AnswerEnd;

/** A whole answer as the service gave it. */
export type WholeAnswer = {
  readonly text: string;
  readonly refusal?: string | undefined;
  readonly finishReason: FinishReason;
  readonly blockedCategory?: string | undefined;
};

const finishes: Readonly<Record<FinishReason, AnswerFinish>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content-filter',
  'tool-calls': 'unknown',
  unknown: 'unknown',
};

/**
 * A whole answer. Text that came before a late block is not kept (AZURE §1.7): the service took it back. A refusal is an
 * answer, in the model's own words.
 */
export function settleWhole({ text, refusal, finishReason, blockedCategory }: WholeAnswer): SettledAnswer {
  if (finishReason === 'content-filter') {
    const error: ErrorInfo = { code: 'content-filtered', details: { category: blockedCategory } };
    return { state: 'failed', answer: null, finishReason: 'content-filter', error };
  }
  const said = cleanAnswer(refusal ?? text);
  if (said === '') return nothing(finishes[finishReason], { code: 'answer-empty', details: {} });
  if (refusal !== undefined) {
    return { state: 'answered', answer: said, finishReason: 'refused', error: null };
  }
  const state = finishReason === 'length' ? 'partial' : 'answered';
  return { state, answer: said, finishReason: finishes[finishReason], error: null };
}

/** What had come of an answer when it broke off. */
export function settleBroken(text: string, error: ErrorInfo): SettledAnswer {
  const said = cleanAnswer(text);
  const finishReason = breaks.get(error.code) ?? 'unknown';
  return said === '' ? nothing(finishReason, error) : { state: 'partial', answer: said, finishReason, error };
}

const breaks: ReadonlyMap<string, AnswerFinish> = new Map([
  ['canceled', 'canceled'],
  ['provider-cut-off', 'cut-off'],
  ['provider-timeout', 'timeout'],
]);

function nothing(finishReason: AnswerFinish, error: ErrorInfo): SettledAnswer {
  return { state: 'failed', answer: null, finishReason, error };
}

/** They make text show in another order than it is read. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/g;

/** Control characters and terminal escapes out: an answer goes to terminals, windows and files. Lines stay. */
export function cleanAnswer(text: string): string {
  return stripVTControlCharacters(text.toWellFormed().replaceAll(/\r\n?/g, '\n'))
    .normalize('NFC')
    .replaceAll(directionControls, '')
    .replaceAll(/[\p{Cc}--[\n\t]]/gv, ' ')
    .replaceAll(/[^\S\n]+\n/g, '\n')
    .trim();
}
