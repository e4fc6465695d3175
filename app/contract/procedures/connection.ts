import { connection } from '../models.ts';
import { connectionSettings } from './shared.ts';

/** Who answers. */
export const connectionProcedures = {
  'connection.save': {
    reads: false,
    input: connectionSettings,
    output: connection,
  },
} as const;
