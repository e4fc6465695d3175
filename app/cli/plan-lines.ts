import type { RunOptions } from '../contract/models/run.ts';
import type { Output } from '../contract/procedures.ts';
import { formatAbout } from './format.ts';
import { toLine } from './printable.ts';
import { planText } from './plan-text.ts';

export type Plan = Output<'description.plan'>;

/** Nobody has to agree: nothing is sent, or what is sent costs nothing. */
export function isFree({ requests, maxCostMicroUsd }: Plan): boolean {
  return requests === 0 || maxCostMicroUsd === 0;
}

/** What would be sent and cost, in a few sentences. */
export function planLines(
  plan: Plan,
  budgetMicroUsd: number | null,
  { batch, bursts }: Pick<RunOptions, 'batch' | 'bursts'>,
): string[] {
  const { photos, requests, imageTokens, inputTokens, outputTokens, costMicroUsd, maxCostMicroUsd, price } =
    plan;
  const connection = toLine(plan.connection);
  const copies = plan.copies === undefined ? [] : [planText.copies(plan.copies)];
  const time = plan.msNeeded === undefined ? [] : [planText.time(formatAbout(plan.msNeeded))];
  if (requests === 0) return [planText.free(photos, connection), ...copies, ...time];
  const tokens =
    plan.transactions === undefined
      ? [
          planText.tokens(imageTokens, inputTokens, outputTokens),
          ...(plan.isCountedFromAbove === true ? [planText.countedFromAbove] : []),
        ]
      : [planText.transactions(plan.transactions)];
  if (price?.source === 'free') {
    return [planText.ownServer(photos, connection), ...copies, ...tokens, ...time];
  }
  const unmeasured = plan.unmeasured === undefined ? [] : [planText.unmeasured(plan.unmeasured, photos)];
  const { together } = plan;
  const sent = [
    planText.requests(photos, requests, connection),
    ...copies,
    ...(batch !== undefined && bursts !== undefined ? [planText.apart] : []),
    ...(together === undefined
      ? []
      : [planText.together(together.photos, together.requests, together.savedMicroUsd)]),
  ];
  if (costMicroUsd === null || maxCostMicroUsd === null) {
    // A budget cannot be kept without a price: nothing is promised of it.
    return [
      ...sent,
      ...tokens,
      ...unmeasured,
      planText.priceUnknown(plan.model === null ? null : toLine(plan.model)),
      ...time,
    ];
  }
  const source = price?.source === 'own' ? planText.ownPrice : (price?.source ?? '');
  return [
    ...sent,
    ...tokens,
    plan.transactions === undefined
      ? planText.cost(costMicroUsd, maxCostMicroUsd, source)
      : planText.fixedCost(costMicroUsd, source),
    ...otherWayLines(plan),
    ...time,
    ...unmeasured,
    ...(budgetMicroUsd === null ? [] : [planText.budget(budgetMicroUsd)]),
  ];
}

/** With `--outdated`: measured by what. Whoever describes with several prompts learns it before it is paid. */
export function outdatedLine({ again, prompt, language }: RunOptions): string | undefined {
  return again === 'outdated' ? planText.outdated(prompt, language) : undefined;
}

function otherWayLines({ otherWay }: Plan): string[] {
  if (otherWay === undefined || otherWay.costMicroUsd === null || otherWay.maxCostMicroUsd === null) {
    return [];
  }
  return [planText.otherWay(otherWay.isBatch, otherWay.costMicroUsd, otherWay.maxCostMicroUsd)];
}

/** What it would be if the second connection had to describe all of it, which is the most that may go there. */
export function fallbackLine({ connection, requests, price, costMicroUsd, maxCostMicroUsd }: Plan): string {
  const name = toLine(connection);
  if (requests === 0 || price?.source === 'free') return planText.fallbackFree(name);
  return costMicroUsd === null || maxCostMicroUsd === null
    ? planText.fallbackUnknown(name)
    : planText.fallbackCost(name, costMicroUsd, maxCostMicroUsd);
}

/** As scripts get it (DESIGN §11), with what else is known. */
export function planDocument(plan: Plan, fallback?: Plan): Record<string, unknown> {
  const {
    photos,
    requests,
    imageTokens,
    inputTokens,
    outputTokens,
    costMicroUsd,
    maxOutputTokens,
    maxCostMicroUsd,
  } = plan;
  const { connection, model, price } = plan;
  return {
    photos,
    requests,
    unmeasured: plan.unmeasured ?? 0, // why 0: left out where there are none
    ...(plan.together === undefined ? {} : { together: plan.together }),
    ...(plan.copies === undefined ? {} : { copies: plan.copies }),
    ...(plan.transactions === undefined ? {} : { transactions: plan.transactions }),
    imageTokens,
    ...(plan.isCountedFromAbove === true ? { isCountedFromAbove: true } : {}),
    inputTokens,
    outputTokens,
    costMicroUsd,
    maxOutputTokens,
    maxCostMicroUsd,
    ...(plan.otherWay === undefined ? {} : { otherWay: plan.otherWay }),
    ...(plan.msNeeded === undefined ? {} : { msNeeded: plan.msNeeded }),
    connection,
    model,
    price,
    ...(fallback === undefined
      ? {}
      : {
          fallback: {
            connection: fallback.connection,
            model: fallback.model,
            price: fallback.price,
            costMicroUsd: fallback.costMicroUsd,
            maxCostMicroUsd: fallback.maxCostMicroUsd,
          },
        }),
  };
}
