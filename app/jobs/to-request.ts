import { userText } from '../captioning/context-text.ts';
import type { RequestEstimate } from '../captioning/plan.ts';
import { askedFields, instructions } from '../captioning/prompt.ts';
import { responseSchema } from '../captioning/response-schema.ts';
import { isOwnServer } from '../providers/endpoint.ts';
import type { Picture, VisionRequest } from '../providers/provider.ts';
import type { Asking } from './asking.ts';

/** A cut-off answer is asked for once more, with a limit so many times larger (DESIGN §6). */
export const secondLimitFactor = 4;

/** The request about one photo. */
export function toRequest(
  { run, connection, candidate }: Asking,
  {
    estimate,
    vocabulary,
    pictures,
  }: {
    readonly estimate: RequestEstimate;
    readonly vocabulary: readonly string[];
    readonly pictures: readonly Picture[];
  },
): VisionRequest {
  const isLean = isOwnServer(connection);
  const isVideo = candidate.known.video !== undefined;
  return {
    instructions: instructions(run.options, { isLean, isVideo }),
    text: userText(candidate.known, { vocabulary }),
    pictures,
    responseSchema: responseSchema(askedFields(run.options.fields, isVideo), { isLean }),
    maxOutputTokens: estimate.maxOutputTokens,
    known: candidate.known,
    language: run.options.language,
    ...(estimate.features === undefined ? {} : { features: estimate.features }),
  };
}
