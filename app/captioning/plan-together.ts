import type { CaptionPlan, RunOptions } from '../contract/models/run.ts';
import { upperCostMicroUsd } from '../usage/cost.ts';
import { estimatePart, estimateTogether, fixedTogetherTokens } from './estimate-together.ts';
import { addPlans, PlanBuilder, type Estimated, type ModelTerms, type RequestEstimate } from './plan.ts';

/** Photos that go in one request, as far as it is full. */
type Share = { readonly photos: number; readonly sum: RequestEstimate; readonly alone: CaptionPlan };

/** As `PlanBuilder`, for photos that go together with others of their key. See [Note: Together]. */
export class TogetherPlanBuilder {
  readonly #terms: ModelTerms;
  readonly #options: RunOptions;
  readonly #vocabulary: readonly string[];
  readonly #fixedTokens: number;
  readonly #most: number;
  readonly #open = new Map<string, Share>();
  #plan: CaptionPlan;

  /** @param most photos in one request */
  constructor(terms: ModelTerms, options: RunOptions, vocabulary: readonly string[], most: number) {
    this.#terms = terms;
    this.#options = options;
    this.#vocabulary = vocabulary;
    this.#fixedTokens = fixedTogetherTokens(options, vocabulary);
    this.#most = most;
    this.#plan = new PlanBuilder(terms, options).build();
  }

  add(candidate: Estimated, key: string): void {
    const part = estimatePart(candidate, this.#terms, this.#options);
    const single = new PlanBuilder(this.#terms, this.#options, this.#vocabulary);
    single.add(candidate);
    const before = this.#open.get(key);
    const share: Share =
      before === undefined
        ? { photos: 1, sum: part, alone: single.build() }
        : {
            photos: before.photos + 1,
            sum: {
              ...part,
              imageTokens: before.sum.imageTokens + part.imageTokens,
              inputTokens: before.sum.inputTokens + part.inputTokens,
            },
            alone: addPlans(before.alone, single.build()),
          };
    if (share.photos < this.#most) {
      this.#open.set(key, share);
      return;
    }
    this.#open.delete(key);
    this.#close(share);
  }

  build(): CaptionPlan {
    for (const share of this.#open.values()) this.#close(share);
    this.#open.clear();
    return this.#plan;
  }

  /** One that is left over goes alone. */
  #close({ photos, sum, alone }: Share): void {
    this.#plan = addPlans(this.#plan, photos === 1 ? alone : this.#toPlan(photos, sum, alone));
  }

  #toPlan(photos: number, sum: RequestEstimate, alone: CaptionPlan): CaptionPlan {
    const { price } = this.#terms;
    const whole = estimateTogether([sum], photos, this.#terms, this.#options, this.#fixedTokens);
    const { imageTokens, inputTokens, usualOutputTokens: outputTokens, maxOutputTokens } = whole;
    const costOf = (output: number): number | null =>
      price === undefined ? null : upperCostMicroUsd({ inputTokens, outputTokens: output }, price);
    const costMicroUsd = costOf(outputTokens);
    return {
      photos,
      requests: 1,
      ...(alone.unmeasured === undefined ? {} : { unmeasured: alone.unmeasured }),
      together: {
        photos,
        requests: 1,
        savedMicroUsd:
          costMicroUsd === null || alone.costMicroUsd === null ? null : alone.costMicroUsd - costMicroUsd,
      },
      imageTokens,
      inputTokens,
      outputTokens,
      maxOutputTokens,
      costMicroUsd,
      maxCostMicroUsd: costOf(maxOutputTokens),
    };
  }
}
