import type { threadProcedures } from '../../../contract/procedures/thread.ts';
import type { HandlersOf, Output, WriteProcedureName } from '../../../contract/procedures.ts';
import type { ThreadId } from '../../../contract/ids.ts';
import { AppError } from '../../../platform/errors.ts';
import { deleteThread, getThread, listThreadAssets } from '../../../threads/thread-store.ts';
import { ask } from '../../ask.ts';
import type { EngineParts } from '../../parts.ts';
import { unuseAnswer, useAnswer } from '../../use-answer.ts';

export function threadWrites(parts: EngineParts): HandlersOf<typeof threadProcedures, WriteProcedureName> {
  return {
    'thread.ask': (input, call) => ask(parts, input, call),
    'thread.use': (input, call) => useAnswer(parts, input, call),
    'thread.unuse': (input, call) => unuseAnswer(parts, input, call),
    'thread.remove': ({ id }) => remove(parts, id),
  };
}

/** What is being asked in it is paid for, and kept until it is answered. */
function remove(parts: EngineParts, id: ThreadId): Output<'thread.remove'> {
  if (getThread(parts.read, id).isAsking) {
    throw new AppError('conflict', { reason: 'A question in it is being answered. Stop that first.' });
  }
  const assetIds = listThreadAssets(parts.read, id);
  const questions = parts.transact((db) => {
    const count = deleteThread(db, id);
    for (const assetId of assetIds) parts.indexAsset(db, assetId);
    return count;
  });
  parts.events.emit('thread.changed', { threadId: id });
  return { questions };
}
