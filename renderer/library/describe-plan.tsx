import type { Output } from '../../app/contract/procedures.ts';
import { Count, Money } from '../design/components/values.tsx';
import { formatDuration, formatMoney } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

type DescribePlanProps = {
  readonly plan: Output<'description.plan'>;
  /** Bursts were asked to go together. @default false */
  readonly isTogether?: boolean;
};

/** A plan in numbers: photos, requests, what going together saves, tokens or transactions, time, money. */
export function DescribePlan({ plan, isTogether = false }: DescribePlanProps) {
  const texts = useTexts();
  const language = useLanguage();
  const { photos, requests, imageTokens, inputTokens, outputTokens, costMicroUsd, maxCostMicroUsd } = plan;
  const { together, otherWay } = plan;
  const otherCost = otherWay?.costMicroUsd ?? null;
  return (
    <dl className="describe-plan">
      <dt>{texts.describe.photos}</dt>
      <dd>
        <Count value={photos} />
        {plan.copies !== undefined && (
          <span className="describe-note">{texts.describe.ofWhichCopies(plan.copies)}</span>
        )}
      </dd>
      {requests > 0 && (
        <>
          <dt>{texts.describe.requests}</dt>
          <dd>
            <Count value={requests} />
            {isTogether && (
              <span className="describe-note">
                {together === undefined
                  ? texts.describe.noBursts
                  : texts.describe.together(
                      together.photos,
                      together.requests,
                      savedText(together.savedMicroUsd, language),
                    )}
              </span>
            )}
          </dd>
          {plan.transactions === undefined ? (
            <>
              <dt>{texts.describe.tokens}</dt>
              <dd>
                <Count value={inputTokens + outputTokens} />
                <span className="describe-note">{texts.describe.ofWhich(imageTokens)}</span>
                {plan.isCountedFromAbove === true && (
                  <span className="describe-note">{texts.describe.countedFromAbove}</span>
                )}
              </dd>
            </>
          ) : (
            <>
              <dt>{texts.describe.transactions}</dt>
              <dd>
                <Count value={plan.transactions} />
              </dd>
            </>
          )}
        </>
      )}
      {plan.msNeeded !== undefined && (
        <>
          <dt>{texts.describe.time}</dt>
          <dd>
            {texts.describe.timeAbout(formatDuration(plan.msNeeded, language))}
            <span className="describe-note">{texts.describe.timeNote}</span>
          </dd>
        </>
      )}
      <dt>{texts.describe.cost}</dt>
      <dd className="describe-cost">
        {costMicroUsd === 0 && maxCostMicroUsd === 0 ? texts.common.free : <Money microUsd={costMicroUsd} />}
        {maxCostMicroUsd !== null &&
          maxCostMicroUsd > (plan.transactions === undefined ? 0 : (costMicroUsd ?? 0)) && (
            <span className="describe-note">{texts.common.upTo(formatMoney(maxCostMicroUsd, language))}</span>
          )}
        {otherCost !== null && (
          <span className="describe-note">
            {texts.describe.otherWay(otherWay?.isBatch === true, formatMoney(otherCost, language))}
          </span>
        )}
      </dd>
    </dl>
  );
}

/** Nothing is said of a saving that is none, or that nobody knows. */
function savedText(savedMicroUsd: number | null, language: string): string | undefined {
  return savedMicroUsd === null || savedMicroUsd <= 0 ? undefined : formatMoney(savedMicroUsd, language);
}
