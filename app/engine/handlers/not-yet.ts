import { AppError } from '../../platform/errors.ts';

/** For a procedure whose shape is agreed and whose work is on its way. @throws {AppError} `internal`, always */
export function notYet(): never {
  throw new AppError('internal', { reason: 'Cutline cannot do this yet.' });
}
