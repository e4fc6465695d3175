import { z } from 'zod';
import { assetId } from '../ids.ts';
import { errorInfo } from '../models/error-info.ts';
import { progressPart } from './shared.ts';

/** Pictures that somebody names by their address. */
export const webProcedures = {
  /**
   * Fetches pictures into a folder of their own beside the library, which becomes one of its folders, and looks at them: from
   * then on they are photos like others. Fetched once more, an address takes the place of what it was before.
   */
  'web.fetch': {
    reads: false,
    input: z.object({
      addresses: z.array(z.string().min(1).max(4_000)).min(1).max(100),
      /** Also from this machine and its network. */
      allowPrivate: z.boolean().default(false),
    }),
    part: progressPart,
    /** In the order of the addresses. */
    output: z.array(
      z.object({
        address: z.string(),
        /** Where it lies now; `null` when it was not fetched. */
        path: z.string().nullable(),
        assetId: assetId.nullable(),
        error: errorInfo.nullable(),
      }),
    ),
  },
} as const;
