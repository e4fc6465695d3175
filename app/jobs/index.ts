import type { JobHandler } from '../queue/job-handler.ts';
import { captionAsset } from './caption-asset.ts';
import type { JobsContext } from './context.ts';
import { ingestFileJob } from './ingest-file.ts';
import { findColors } from './find-colors.ts';
import { makeRendition } from './make-rendition.ts';
import { makeThumbnail } from './make-thumbnail.ts';
import { measureText } from './measure-text.ts';
import { readMovie } from './read-movie.ts';
import { recognizeText } from './recognize-text.ts';
import { thoroughFacts } from './thorough-facts.ts';

/** Every job kind has exactly one handler. A kind that is queued and not here ends as failed, visible and kept. */
export function createHandlers(context: JobsContext): Readonly<Record<string, JobHandler>> {
  return {
    'ingest-file': ingestFileJob(context),
    'make-thumbnail': makeThumbnail(context),
    'make-rendition': makeRendition(context),
    'read-movie': readMovie(context),
    'find-colors': findColors(context),
    'thorough-facts': thoroughFacts(context),
    'measure-text': measureText(context),
    'recognize-text': recognizeText(context),
    'caption-asset': captionAsset(context),
  };
}
