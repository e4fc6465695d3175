import { findCandidate } from '../captioning/candidate-store.ts';
import { estimateRequest, type ModelTerms, type RequestEstimate } from '../captioning/plan.ts';
import type { PlannedSize } from '../imaging/image-size.ts';
import { renderPhoto } from '../imaging/render.ts';
import type { Picture } from '../providers/provider.ts';
import type { Asking } from './asking.ts';
import type { JobsContext } from './context.ts';
import { renderFrames } from './render-frames.ts';
import { renderPicture, type RenderResult } from './render-picture.ts';

/**
 * The picture, and what it takes. How much detail `auto` means is known once a photo has been decoded: one that was not
 * measured before is decoded as if it needed all, and made smaller if it does not. One decoding of the original in any case.
 */
export async function renderEstimated(
  context: JobsContext,
  { job, run, candidate }: Pick<Asking, 'job' | 'run' | 'candidate'>,
  { terms, vocabulary }: { readonly terms: ModelTerms; readonly vocabulary: readonly string[] },
  signal: AbortSignal,
): Promise<RenderResult<{ readonly estimate: RequestEstimate; readonly pictures: readonly Picture[] }>> {
  const most = estimateRequest(candidate, terms, run.options, vocabulary);
  if (most.size === undefined) return { status: 'rendered', value: { estimate: most, pictures: [] } };
  if (candidate.known.video !== undefined) {
    const frames = await renderFrames(context, candidate, { ...most.size, most: most.pictures }, signal);
    if (frames.status === 'not-rendered') return frames;
    const taken = { ...candidate, frames: frames.value.length };
    const estimate = estimateRequest(taken, terms, run.options, vocabulary);
    return { status: 'rendered', value: { estimate, pictures: frames.value } };
  }
  const rendered = await renderPicture(context, job, candidate, most.size, signal);
  if (rendered.status === 'not-rendered') return rendered;
  if (candidate.text !== null) {
    return { status: 'rendered', value: { estimate: most, pictures: [rendered.value] } };
  }
  const text = findCandidate(context.read, candidate.assetId)?.text ?? null;
  const estimate = estimateRequest({ ...candidate, text }, terms, run.options, vocabulary);
  const picture = estimate.size === undefined ? rendered.value : await shrink(rendered.value, estimate.size);
  return { status: 'rendered', value: { estimate, pictures: [picture] } };
}

async function shrink(picture: Picture, { widthPx, heightPx, detail }: PlannedSize): Promise<Picture> {
  if (picture.widthPx <= widthPx && picture.heightPx <= heightPx) return { ...picture, detail };
  const { model } = await renderPhoto(picture.bytes, { model: { widthPx, heightPx } });
  return { ...model, detail };
}
