import type { CaptionPlan, Connection, Price, RunOptions } from '../contract/models.ts';
import { fitInBox, planImageSize, type PlannedSize } from '../imaging/image-size.ts';
import { findSizeRule, type SizeRule } from '../imaging/size-rules.ts';
import { findModelAbilities } from '../providers/models.ts';
import { upperCostMicroUsd } from '../usage/cost.ts';
import { findPrice, modelOf } from '../usage/prices.ts';
import { chooseDetail } from './auto-detail.ts';
import type { Candidate } from './candidate-store.ts';
import { estimateTextTokens, maxOutputTokens, usualOutputTokens } from './estimate.ts';
import { userText } from './context-text.ts';
import { instructions, keywordRulesOf } from './prompt.ts';
import { responseSchema } from './response-schema.ts';

/** What a connection's model means for size and money. */
export type ModelTerms = {
  readonly isBuiltIn: boolean;
  readonly sizeRule: SizeRule;
  readonly price: Price | undefined;
  /** Spends output tokens on reasoning even at its least effort. */
  readonly thinks: boolean;
};

export function modelTerms(connection: Connection): ModelTerms {
  const modelId = modelOf(connection);
  return {
    isBuiltIn: connection.kind === 'built-in',
    sizeRule: findSizeRule(modelId),
    price: findPrice(connection),
    thinks: ['minimal', 'low'].includes(findModelAbilities(modelId).reasoningEffort ?? 'none'),
  };
}

/** One request's size and tokens, before it is sent. The plan adds these up and the job reserves them: one arithmetic for both. */
export type RequestEstimate = {
  /** What to render and send; `undefined` for built-in, which sends nothing. */
  readonly size: PlannedSize | undefined;
  readonly imageTokens: number;
  readonly inputTokens: number;
  readonly usualOutputTokens: number;
  readonly maxOutputTokens: number;
};

/** What an estimate goes by. */
export type Estimated = Pick<Candidate, 'known'> & Partial<Pick<Candidate, 'textAmount'>>;

/**
 * @param vocabulary of the run
 * @param fixedTokens what is the same in every request of a run; whoever estimates many passes it, counted once
 */
export function estimateRequest(
  candidate: Estimated,
  terms: ModelTerms,
  options: RunOptions,
  vocabulary: readonly string[] = [],
  fixedTokens = fixedTextTokens(options),
): RequestEstimate {
  if (terms.isBuiltIn) {
    return { size: undefined, imageTokens: 0, inputTokens: 0, usualOutputTokens: 0, maxOutputTokens: 0 };
  }
  const { known, textAmount = null } = candidate;
  const { detail, boxPx } = chooseDetail(options.detail, textAmount);
  const size = planImageSize(
    fitInBox({ widthPx: known.widthPx, heightPx: known.heightPx }, boxPx),
    terms.sizeRule,
    detail,
    options.maxImageTokens === null ? {} : { maxImageTokens: options.maxImageTokens },
  );
  // A photo whose place is not known yet is described with it.
  const placeTokens =
    known.facts.latitude !== undefined && known.facts.place === undefined ? longestPlaceTokens : 0;
  const textTokens = fixedTokens + placeTokens + estimateTextTokens(userText(known, { vocabulary }));
  return {
    size,
    imageTokens: size.imageTokens,
    inputTokens: textTokens + size.imageTokens,
    usualOutputTokens: usualOutputTokens(options.fields, keywordRulesOf(options)),
    maxOutputTokens: maxOutputTokens(options.fields, keywordRulesOf(options), terms.thinks),
  };
}

const longestPlaceTokens = 45;

function fixedTextTokens(options: RunOptions): number {
  return (
    estimateTextTokens(instructions(options)) +
    estimateTextTokens(JSON.stringify(responseSchema(options.fields)))
  );
}

/** Adds up what a run would send and cost. Candidates that are answered by a twin's description cost nothing. */
export class PlanBuilder {
  readonly #terms: ModelTerms;
  readonly #options: RunOptions;
  readonly #vocabulary: readonly string[];
  readonly #fixedTokens: number;
  #photos = 0;
  #requests = 0;
  #unmeasured = 0;
  #imageTokens = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #maxOutputTokens = 0;
  #costMicroUsd = 0;
  #maxCostMicroUsd = 0;

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
    const isMeasured = (candidate.textAmount ?? null) !== null;
    if (this.#options.detail === 'auto' && !this.#terms.isBuiltIn && !isMeasured) this.#unmeasured += 1;
    this.#imageTokens += estimate.imageTokens;
    this.#inputTokens += estimate.inputTokens;
    this.#outputTokens += estimate.usualOutputTokens;
    this.#maxOutputTokens += estimate.maxOutputTokens;
    if (price === undefined) return;
    const { inputTokens } = estimate;
    this.#costMicroUsd += upperCostMicroUsd({ inputTokens, outputTokens: estimate.usualOutputTokens }, price);
    this.#maxCostMicroUsd += upperCostMicroUsd(
      { inputTokens, outputTokens: estimate.maxOutputTokens },
      price,
    );
  }

  build(): CaptionPlan {
    const isPriced = this.#terms.price !== undefined;
    return {
      photos: this.#photos,
      requests: this.#requests,
      ...(this.#unmeasured === 0 ? {} : { unmeasured: this.#unmeasured }),
      imageTokens: this.#imageTokens,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      maxOutputTokens: this.#maxOutputTokens,
      costMicroUsd: isPriced ? this.#costMicroUsd : null,
      maxCostMicroUsd: isPriced ? this.#maxCostMicroUsd : null,
    };
  }
}

/** A plan and what came to it. An unknown price stays unknown. */
export function addPlans(a: CaptionPlan, b: CaptionPlan): CaptionPlan {
  const unmeasured = (a.unmeasured ?? 0) + (b.unmeasured ?? 0); // why 0: left out where there are none
  return {
    photos: a.photos + b.photos,
    requests: a.requests + b.requests,
    ...(unmeasured === 0 ? {} : { unmeasured }),
    ...addTogether(a.together, b.together),
    imageTokens: a.imageTokens + b.imageTokens,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    maxOutputTokens: a.maxOutputTokens + b.maxOutputTokens,
    costMicroUsd: addMoney(a.costMicroUsd, b.costMicroUsd),
    maxCostMicroUsd: addMoney(a.maxCostMicroUsd, b.maxCostMicroUsd),
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
