import { z } from 'zod';
import { assetId } from '../ids.ts';
import { errorInfo } from '../models/error-info.ts';
import { renditionKind } from '../models/asset.ts';

/** Pictures made from originals, for the screen. They are fetched by `pictureUrl`, never sent in a message. */
export const renditionProcedures = {
  /**
   * What is on the screen now is made first, in this order, before anything that waits for its turn; what an earlier wish
   * for the same kind asked for and this one does not is forgotten. `rendition.made` and `rendition.failed` tell the rest.
   * A thumbnail that takes a while has the camera's own small one (`exif-thumbnail`) in its place first, where there is one.
   */
  'rendition.want': {
    reads: false,
    input: z.object({
      rendition: renditionKind.exclude(['exif-thumbnail']),
      assetIds: z.array(assetId).max(500),
    }),
    output: z.object({
      /** There already. */
      made: z.array(assetId),
      /** Cannot be made, and why. */
      failed: z.array(z.object({ assetId, error: errorInfo })),
    }),
  },
} as const;
