import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { formatDuration, formatMoney } from '../texts/format.ts';
import { useLanguage, useMessageOf, useTexts } from '../texts/use-texts.ts';

type Test = Output<'connection.test'>;

const icons: Readonly<Record<Test['checks'][number]['state'], LucideIcon>> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  failed: CircleAlert,
  unknown: CircleDashed,
};

/** What a test found: each thing that it looked at, and for what is wrong a sentence that says what to do. */
export function TestResult({ result }: { readonly result: Test }) {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const element = useRef<HTMLDivElement>(null);
  // Below a long form it would be found by nobody.
  useEffect(() => {
    element.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={element} className="test-result" aria-live="polite">
      <strong>{result.isUsable ? texts.connections.works : texts.connections.doesNotWork}</strong>
      <ul>
        {result.checks.map(({ name, state, error }) => {
          const Icon = icons[state];
          return (
            <li key={name} className={`test-check test-check-${state}`}>
              <Icon aria-hidden size="1.15em" />
              <span>
                {texts.connections.checks[name]}
                <span className="only-read">{`: ${texts.connections.checkStates[state]}`}</span>
                {error !== null && <span className="test-reason">{messageOf(error)}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      <Cost result={result} />
    </div>
  );
}

/** What the tiny picture took, so that nothing was spent unseen. */
function Cost({
  result: { elapsedMs, costMicroUsd, requestId, requestsPerMinute },
}: {
  readonly result: Test;
}) {
  const texts = useTexts();
  const language = useLanguage();
  if (requestId === null) return null;
  const parts = [
    ...(elapsedMs === null ? [] : [texts.connections.answeredIn(formatDuration(elapsedMs, language))]),
    texts.connections.testCost(
      costMicroUsd === null ? texts.common.unknownPrice : formatMoney(costMicroUsd, language),
    ),
    ...(requestsPerMinute === null ? [] : [texts.connections.limit(requestsPerMinute)]),
  ];
  return <p className="setting-hint">{parts.join(' · ')}</p>;
}
