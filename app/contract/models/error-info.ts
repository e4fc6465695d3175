import { z } from 'zod';
import { errorCodes } from '../errors.ts';

export const errorInfo = z.object({
  code: z.enum(errorCodes),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.undefined()])),
});
