import type { Facts } from '../../contract/models/asset.ts';
import { AppError } from '../../platform/errors.ts';
import type { IndexField } from '../../providers/retrieval/answers.ts';
import { omitUndefined } from '../../providers/wire.ts';

/**
 * What an index is told of a video: the fields that its schema has, no others. `captured` and `camera` are filled in from the
 * video's own facts; what a person says wins.
 *
 * @throws {AppError} `invalid-input` for a field that the schema does not have
 */
export function metadataOf(
  fields: readonly IndexField[],
  facts: Pick<Facts, 'captureLocalMs' | 'cameraModel'>,
  said: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const known = new Set(fields.map(({ name }) => name));
  const spoken = Object.entries(said).map(([name, value]) => [name.toLowerCase(), value] as const);
  const strange = spoken.find(([name]) => !known.has(name));
  if (strange !== undefined) {
    const names = [...known].join(', ');
    throw new AppError('invalid-input', {
      reason: `The index has no field “${strange[0]}”. ${names === '' ? 'It has none at all.' : `It has: ${names}.`}`,
    });
  }
  const captured = facts.captureLocalMs === undefined ? undefined : toDateTime(facts.captureLocalMs);
  const own = Object.entries(omitUndefined({ captured, camera: facts.cameraModel }));
  return Object.fromEntries([...own.filter(([name]) => known.has(name)), ...spoken]);
}

/** As the service's samples write it. @param localMs the camera's wall clock as if UTC */
function toDateTime(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19).replace('T', ' ');
}
