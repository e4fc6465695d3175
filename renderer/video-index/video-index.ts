import type { Output } from '../../app/contract/procedures.ts';

/** An index as the service has it. */
export type VideoIndex = Output<'videoIndex.list'>[number];
