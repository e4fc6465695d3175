import type { Output } from '../../app/contract/procedures.ts';
import { Count, Money } from '../design/components/values.tsx';
import { formatMoney } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

/** A plan in numbers: photos, requests, tokens, money. */
export function DescribePlan({ plan }: { readonly plan: Output<'description.plan'> }) {
  const texts = useTexts();
  const language = useLanguage();
  const { photos, requests, imageTokens, inputTokens, outputTokens, costMicroUsd, maxCostMicroUsd } = plan;
  return (
    <dl className="describe-plan">
      <dt>{texts.describe.photos}</dt>
      <dd>
        <Count value={photos} />
      </dd>
      {requests > 0 && (
        <>
          <dt>{texts.describe.requests}</dt>
          <dd>
            <Count value={requests} />
          </dd>
          <dt>{texts.describe.tokens}</dt>
          <dd>
            <Count value={inputTokens + outputTokens} />
            <span className="describe-note">{texts.describe.ofWhich(imageTokens)}</span>
          </dd>
        </>
      )}
      <dt>{texts.describe.cost}</dt>
      <dd className="describe-cost">
        {costMicroUsd === 0 && maxCostMicroUsd === 0 ? texts.common.free : <Money microUsd={costMicroUsd} />}
        {maxCostMicroUsd !== null && maxCostMicroUsd > 0 && (
          <span className="describe-note">{texts.common.upTo(formatMoney(maxCostMicroUsd, language))}</span>
        )}
      </dd>
    </dl>
  );
}
