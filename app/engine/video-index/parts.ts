import type { Roster } from '../../search/roster.ts';
import type { Keys } from '../keys.ts';
import type { EngineParts } from '../parts.ts';

/** What work with an index of videos needs of an engine, or of whoever reads beside one. */
export type VideoIndexParts = Pick<EngineParts, 'read' | 'clock' | 'videoIndex'> & {
  readonly keys: Pick<Keys, 'credentialOf'>;
  readonly desk: { readonly roster: () => Roster };
};
