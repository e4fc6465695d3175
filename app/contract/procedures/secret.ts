import { z } from 'zod';
import { connectionId } from '../ids.ts';
import { secretPlace } from '../models/connection.ts';

const secretState = z.object({
  /** Where the key is that is used now; `null` = there is none. */
  from: secretPlace.nullable(),
  /** Where one that is set now is kept. */
  keptIn: secretPlace,
});

/** Keys of connections. They can be given and taken away; nothing ever tells one. */
export const secretProcedures = {
  'secret.state': { reads: false, input: z.object({ connectionId }), output: secretState },
  /** A lane that was blocked by a refused key goes on. One of the environment still has the first say. */
  'secret.set': {
    reads: false,
    input: z.object({ connectionId, key: z.string().trim().min(1).max(10_000) }),
    output: secretState,
  },
  'secret.remove': { reads: false, input: z.object({ connectionId }), output: secretState },
} as const;
