import type { threadProcedures } from '../../../contract/procedures/thread.ts';
import type { HandlersOf, Input, Output, ReadProcedureName } from '../../../contract/procedures.ts';
import { AppError } from '../../../platform/errors.ts';
import {
  getThread,
  listAnswers,
  listThreads,
  type ReadDb,
  type ThreadCursor,
} from '../../../threads/thread-store.ts';
import { planQuestion } from '../../plan-question.ts';
import type { ReadContext } from '../context.ts';

export function threadReads(context: ReadContext): HandlersOf<typeof threadProcedures, ReadProcedureName> {
  const { read } = context;
  return {
    'thread.plan': (input) => planQuestion(context, input),
    'thread.list': (input) => list(read, input),
    'thread.get': ({ id }) => ({ ...getThread(read, id), answers: listAnswers(read, id) }),
  };
}

const usualPage = 100;

function list(read: ReadDb, input: Input<'thread.list'>): Output<'thread.list'> {
  const limit = input.limit ?? usualPage;
  const threads = listThreads(read, {
    assetId: input.assetId,
    after: input.after === undefined ? undefined : parseCursor(input.after),
    limit,
  });
  const last = threads.at(-1);
  return {
    threads,
    nextCursor: last === undefined || threads.length < limit ? null : formatCursor(last),
  };
}

function formatCursor({ updatedAtMs, id }: ThreadCursor): string {
  return `${String(updatedAtMs)}-${String(id)}`;
}

/** @throws {AppError} `invalid-input` */
function parseCursor(text: string): ThreadCursor {
  const [, updatedAtMs, id] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (updatedAtMs === undefined || id === undefined) {
    throw new AppError('invalid-input', { reason: 'That is no place in a list of threads.' });
  }
  return { updatedAtMs: Number(updatedAtMs), id: Number(id) };
}
