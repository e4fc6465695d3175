import { z } from 'zod';

/**
 * `partial`: a part of the picture can be read and is shown; it is described when a person says so: `accepted`. `total`:
 * nothing of it can be read.
 */
export const damage = z.enum(['none', 'partial', 'total', 'accepted']);
export type Damage = z.infer<typeof damage>;
