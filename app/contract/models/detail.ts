import { z } from 'zod';

/** What Cutline asks the service for. `auto` is our own choice per photo and is never sent (AZURE §2.2, cost trap). */
export const detailChoice = z.enum(['low', 'high', 'auto']);
export type DetailChoice = z.infer<typeof detailChoice>;
/** What is sent. */
export const detail = detailChoice.exclude(['auto']);
export type Detail = z.infer<typeof detail>;
