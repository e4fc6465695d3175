import { z } from 'zod';

export const requestState = z.enum(['sent', 'answered', 'unanswered', 'at-service']);
export type RequestState = z.infer<typeof requestState>;

/**
 * How a request stands in the ledger: `pending` = in flight, reserved at its upper estimate; `exact` = by the usage that
 * the service reported; `estimate` = charged, or perhaps charged, without usage: its upper estimate; `free` = not charged.
 */
export const booking = z.enum(['pending', 'exact', 'estimate', 'free']);
export type Booking = z.infer<typeof booking>;
