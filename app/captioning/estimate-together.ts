import type { RunOptions } from '../contract/models/run.ts';
import { estimateTextTokens, usualOutputTokens } from './estimate.ts';
import { estimateRequest, type Estimated, type ModelTerms, type RequestEstimate } from './plan.ts';
import { keywordRulesOf } from './prompt.ts';
import { maxTogetherTokens, togetherInstructions, togetherSchema, togetherText } from './together.ts';

/** What a photo adds to a request about several, beside its size: its picture, and what is known of it. */
export function estimatePart(candidate: Estimated, terms: ModelTerms, options: RunOptions): RequestEstimate {
  return estimateRequest(candidate, terms, options, [], { photo: 0, video: 0 });
}

/** What is said once in such a request, whatever photos are in it. */
export function fixedTogetherTokens(options: RunOptions, vocabulary: readonly string[]): number {
  return (
    estimateTextTokens(togetherInstructions(options)) +
    estimateTextTokens(JSON.stringify(togetherSchema(options))) +
    estimateTextTokens(togetherText(mostDigits, vocabulary))
  );
}

/** Written out, no number of photos is longer. */
const mostDigits = 999;

/**
 * A request about several photos: what is said once, and what each adds. See [Note: Together].
 *
 * @param parts as `estimatePart`; of a request that is still being put together: their sum
 */
export function estimateTogether(
  parts: readonly Pick<RequestEstimate, 'imageTokens' | 'inputTokens'>[],
  photos: number,
  terms: Pick<ModelTerms, 'thinks'>,
  options: RunOptions,
  fixedTokens: number,
): RequestEstimate {
  const usualTokens = usualOutputTokens(options.fields, keywordRulesOf(options));
  return {
    size: undefined,
    pictures: photos,
    imageTokens: parts.reduce((sum, { imageTokens }) => sum + imageTokens, 0),
    inputTokens: parts.reduce((sum, { inputTokens }) => sum + inputTokens, fixedTokens),
    usualOutputTokens: usualTokens * photos,
    maxOutputTokens: maxTogetherTokens(usualTokens, photos, terms.thinks),
  };
}
