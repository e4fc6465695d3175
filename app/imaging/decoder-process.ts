import { toAppError } from '../platform/errors.ts';
import type { IsolatedAnswer, IsolatedRequest } from './isolated-render.ts';
import { renderPhoto } from './render.ts';

/**
 * A process that renders one picture and ends: a decoder that dies here takes nobody along. Started by
 * `isolated-render.ts`.
 */

process.once('message', (request: IsolatedRequest) => {
  void answer(request);
});

// Without its parent nobody waits for the answer.
process.once('disconnect', () => process.exit());

async function answer({ input, wish }: IsolatedRequest): Promise<void> {
  let result: IsolatedAnswer;
  try {
    result = { rendered: await renderPhoto(input, wish) };
  } catch (error) {
    result = { error: toAppError(error).toInfo() };
  }
  process.send?.(result, () => process.exit());
}
