import type { CaptionPlan, RunOptions } from '../contract/models/run.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Price, VisionFeature } from '../contract/models/usage.ts';
import { fitInBox, planImageSize, type PlannedSize } from '../imaging/image-size.ts';
import { findSizeRule, isCountedFromAbove, type SizeRule } from '../imaging/size-rules.ts';
import { AppError } from '../platform/errors.ts';
import { findModelAbilities } from '../providers/models.ts';
import { plannedFrames } from '../video/choose-frames.ts';
import { upperCostMicroUsd } from '../usage/cost.ts';
import { batchPrice, findPrice, modelOf } from '../usage/prices.ts';
import { takesBatches } from '../providers/batch/takes-batches.ts';
import { featuresFor, planAnalysisSize } from './analysis-features.ts';
import { chooseDetail, noText } from './auto-detail.ts';
import type { Candidate } from './candidate-store.ts';
import { estimateTextTokens, maxOutputTokens, usualOutputTokens } from './estimate.ts';
import { userText } from './context-text.ts';
import { askedFields, instructions, keywordRulesOf } from './prompt.ts';
import { responseSchema } from './response-schema.ts';

/** What a connection's model means for size and money. */
export type ModelTerms = {
  readonly isBuiltIn: boolean;
  readonly sizeRule: SizeRule;
  readonly price: Price | undefined;
  /** So many pictures fit into one request: frames of a video, for instance. */
  readonly maxPictures: number;
  /** `price` is that of a batch. */
  readonly isBatch: boolean;
  /** Of the other way to send: as a batch, or at once. Left out where there is one way only. */
  readonly otherPrice?: Price | undefined;
  /** Spends output tokens on reasoning even at its least effort. */
  readonly thinks: boolean;
  /** Image Analysis, which counts features and is told nothing; `undefined` for models. */
  readonly analysis?: { readonly unsupported: readonly VisionFeature[] } | undefined;
};

/** More frames of a video cost more than they tell. */
const mostFrames = 10;

/** @param options.isBatch at the price of a batch. @default false */
export function modelTerms(
  connection: Connection,
  { isBatch = false }: { readonly isBatch?: boolean } = {},
): ModelTerms {
  const modelId = modelOf(connection);
  const price = findPrice(connection);
  return {
    isBuiltIn: connection.kind === 'built-in',
    analysis:
      connection.kind === 'azure-vision'
        ? { unsupported: connection.learned.unsupportedFeatures ?? [] }
        : undefined,
    sizeRule: findSizeRule(modelId),
    price: price !== undefined && isBatch ? batchPrice(price) : price,
    ...(takesBatches(connection) && {
      otherPrice: price !== undefined && !isBatch ? batchPrice(price) : price,
    }),
    isBatch,
    // Image Analysis looks at one picture, and so do enhancements.
    maxPictures:
      connection.kind === 'azure-vision' || connection.enhancements !== undefined
        ? 1
        : Math.min(mostFrames, findModelAbilities(modelId).maxImagesPerRequest),
    thinks: (findModelAbilities(modelId).reasoningEffort ?? 'none') !== 'none',
  };
}

/** One request's size and tokens, before it is sent. The plan adds these up and the job reserves them: one arithmetic for both. */
export type RequestEstimate = {
  /** What to render and send, each picture; `undefined` for built-in, which sends nothing. */
  readonly size: PlannedSize | undefined;
  /** How many are sent: 1, or the frames of a video. */
  readonly pictures: number;
  /** Of all of them. */
  readonly imageTokens: number;
  readonly inputTokens: number;
  readonly usualOutputTokens: number;
  readonly maxOutputTokens: number;
  /** What Image Analysis is asked for, each one transaction; `undefined` for models. */
  readonly features?: readonly VisionFeature[];
};

/** What an estimate goes by. */
export type Estimated = Pick<Candidate, 'known'> &
  Partial<Pick<Candidate, 'text'>> & {
    /** Of a video: how many were taken. @default as many as are planned for */
    readonly frames?: number;
  };

/**
 * @param vocabulary of the run
 * @param fixed what is the same in every request of a run; whoever estimates many passes it, counted once
 */
export function estimateRequest(
  candidate: Estimated,
  terms: ModelTerms,
  options: RunOptions,
  vocabulary: readonly string[] = [],
  fixed: FixedTokens = fixedTextTokens(options),
): RequestEstimate {
  if (terms.isBuiltIn) {
    return { ...noTokens, size: undefined, pictures: 0 };
  }
  const { known, text = null } = candidate;
  const { video } = known;
  const pictures =
    video === undefined ? 1 : (candidate.frames ?? plannedFrames(video.durationMs, terms.maxPictures));
  // Frames are many, and what matters is what happens: as little of each as the model takes, unless asked for otherwise.
  const { detail, boxPx } = chooseDetail(options.detail, video === undefined ? text : noText);
  if (terms.analysis !== undefined) {
    const features = featuresFor(options.fields, terms.analysis.unsupported);
    return { ...noTokens, size: planAnalysisSize(known, detail, boxPx), pictures: 1, features };
  }
  const size = planImageSize(
    fitInBox({ widthPx: known.widthPx, heightPx: known.heightPx }, boxPx),
    terms.sizeRule,
    detail,
    options.maxImageTokens === null ? {} : { maxImageTokens: options.maxImageTokens },
  );
  // A photo whose place is not known yet is described with it.
  const placeTokens =
    known.facts.latitude !== undefined && known.facts.place === undefined ? longestPlaceTokens : 0;
  const fields = askedFields(options.fields, video !== undefined);
  const textTokens =
    (video === undefined ? fixed.photo : fixed.video + pictures * frameLabelTokens) +
    placeTokens +
    estimateTextTokens(userText(known, { vocabulary }));
  const imageTokens = size.imageTokens * pictures;
  return {
    size,
    pictures,
    imageTokens,
    inputTokens: textTokens + imageTokens,
    usualOutputTokens: usualOutputTokens(fields, keywordRulesOf(options)),
    maxOutputTokens: maxOutputTokens(fields, keywordRulesOf(options), terms.thinks),
  };
}

const noTokens = { imageTokens: 0, inputTokens: 0, usualOutputTokens: 0, maxOutputTokens: 0 };

const longestPlaceTokens = 45;
/** “Frame at time 35999.9 seconds:” */
export const frameLabelTokens = 12;

/** What is the same in every request of a run, for each kind of asset. */
type FixedTokens = { readonly photo: number; readonly video: number };

function fixedTextTokens(options: RunOptions): FixedTokens {
  const tokensFor = (isVideo: boolean): number =>
    estimateTextTokens(instructions(options, { isVideo })) +
    estimateTextTokens(JSON.stringify(responseSchema(askedFields(options.fields, isVideo))));
  return { photo: tokensFor(false), video: tokensFor(true) };
}

/** Adds up what a run would send and cost. Candidates that are answered by a twin's description cost nothing. */
export class PlanBuilder {
  readonly #terms: ModelTerms;
  readonly #options: RunOptions;
  readonly #vocabulary: readonly string[];
  readonly #fixedTokens: FixedTokens;
  #photos = 0;
  #requests = 0;
  #unmeasured = 0;
  #transactions = 0;
  #imageTokens = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #maxOutputTokens = 0;
  #costMicroUsd = 0;
  #maxCostMicroUsd = 0;
  #otherCostMicroUsd = 0;
  #otherMaxCostMicroUsd = 0;

  constructor(terms: ModelTerms, options: RunOptions, vocabulary: readonly string[] = []) {
    this.#terms = terms;
    this.#options = options;
    this.#vocabulary = vocabulary;
    this.#fixedTokens = fixedTextTokens(options);
  }

  addWithoutRequest(): void {
    this.#photos += 1;
  }

  add(candidate: Estimated): void {
    const estimate = estimateRequest(
      candidate,
      this.#terms,
      this.#options,
      this.#vocabulary,
      this.#fixedTokens,
    );
    const { price } = this.#terms;
    this.#photos += 1;
    this.#requests += this.#terms.isBuiltIn ? 0 : 1;
    const isMeasured = (candidate.text ?? null) !== null || candidate.known.video !== undefined;
    if (this.#options.detail === 'auto' && countsTokens(this.#terms) && !isMeasured) this.#unmeasured += 1;
    const { features } = estimate;
    if (features?.length === 0) throw nothingToAsk(this.#options);
    this.#transactions += features?.length ?? 0; // why 0: models count tokens
    this.#imageTokens += estimate.imageTokens;
    this.#inputTokens += estimate.inputTokens;
    this.#outputTokens += estimate.usualOutputTokens;
    this.#maxOutputTokens += estimate.maxOutputTokens;
    if (price === undefined) return;
    const { inputTokens } = estimate;
    const { otherPrice } = this.#terms;
    if (otherPrice !== undefined) {
      const [usual, most] = [estimate.usualOutputTokens, estimate.maxOutputTokens];
      this.#otherCostMicroUsd += upperCostMicroUsd({ inputTokens, outputTokens: usual }, otherPrice);
      this.#otherMaxCostMicroUsd += upperCostMicroUsd({ inputTokens, outputTokens: most }, otherPrice);
    }
    this.#costMicroUsd += upperCostMicroUsd(
      { inputTokens, outputTokens: estimate.usualOutputTokens, features },
      price,
    );
    this.#maxCostMicroUsd += upperCostMicroUsd(
      { inputTokens, outputTokens: estimate.maxOutputTokens, features },
      price,
    );
  }

  build(): CaptionPlan {
    const isPriced = this.#terms.price !== undefined;
    return {
      photos: this.#photos,
      requests: this.#requests,
      ...(this.#unmeasured === 0 ? {} : { unmeasured: this.#unmeasured }),
      ...(this.#transactions === 0 ? {} : { transactions: this.#transactions }),
      imageTokens: this.#imageTokens,
      ...(this.#imageTokens > 0 &&
        isCountedFromAbove(this.#terms.sizeRule) && { isCountedFromAbove: true as const }),
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      maxOutputTokens: this.#maxOutputTokens,
      costMicroUsd: isPriced ? this.#costMicroUsd : null,
      maxCostMicroUsd: isPriced ? this.#maxCostMicroUsd : null,
      ...('otherPrice' in this.#terms && {
        otherWay: {
          isBatch: !this.#terms.isBatch,
          costMicroUsd: isPriced ? this.#otherCostMicroUsd : null,
          maxCostMicroUsd: isPriced ? this.#otherMaxCostMicroUsd : null,
        },
      }),
    };
  }
}

function countsTokens({ isBuiltIn, analysis }: ModelTerms): boolean {
  return !isBuiltIn && analysis === undefined;
}

function nothingToAsk({ fields }: RunOptions): AppError {
  const isTitle = featuresFor(fields).length === 0;
  return new AppError('invalid-input', {
    reason: isTitle
      ? 'Image Analysis writes no titles: ask for captions, alt texts, keywords, text or objects.'
      : 'Image Analysis writes no captions in the region of this connection: ask for keywords, text or objects.',
  });
}

/** A plan and what came to it. An unknown price stays unknown. */
export function addPlans(a: CaptionPlan, b: CaptionPlan): CaptionPlan {
  const unmeasured = (a.unmeasured ?? 0) + (b.unmeasured ?? 0); // why 0: left out where there are none
  const transactions = (a.transactions ?? 0) + (b.transactions ?? 0); // why 0: as above
  return {
    photos: a.photos + b.photos,
    requests: a.requests + b.requests,
    ...(unmeasured === 0 ? {} : { unmeasured }),
    ...addTogether(a.together, b.together),
    ...(transactions === 0 ? {} : { transactions }),
    imageTokens: a.imageTokens + b.imageTokens,
    ...((a.isCountedFromAbove ?? b.isCountedFromAbove) && { isCountedFromAbove: true as const }),
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    maxOutputTokens: a.maxOutputTokens + b.maxOutputTokens,
    costMicroUsd: addMoney(a.costMicroUsd, b.costMicroUsd),
    maxCostMicroUsd: addMoney(a.maxCostMicroUsd, b.maxCostMicroUsd),
    ...(a.otherWay !== undefined &&
      b.otherWay !== undefined && {
        otherWay: {
          isBatch: a.otherWay.isBatch,
          costMicroUsd: addMoney(a.otherWay.costMicroUsd, b.otherWay.costMicroUsd),
          maxCostMicroUsd: addMoney(a.otherWay.maxCostMicroUsd, b.otherWay.maxCostMicroUsd),
        },
      }),
  };
}

function addTogether(a: CaptionPlan['together'], b: CaptionPlan['together']): Pick<CaptionPlan, 'together'> {
  if (a === undefined || b === undefined) {
    const together = a ?? b;
    return together === undefined ? {} : { together };
  }
  return {
    together: {
      photos: a.photos + b.photos,
      requests: a.requests + b.requests,
      savedMicroUsd: addMoney(a.savedMicroUsd, b.savedMicroUsd),
    },
  };
}

function addMoney(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
