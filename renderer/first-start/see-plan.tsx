import { Play } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId, RunId } from '../../app/contract/ids.ts';
import { usualSettings } from '../../app/contract/settings.ts';
import { runOptionsBy } from '../describing/run-options.ts';
import { useRunOptions } from '../describing/use-run-options.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { DescribePlan } from '../library/describe-plan.tsx';
import { parseBudget } from '../texts/parse-budget.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';

/** So many show what descriptions will be like, for cents. */
const tryCount = 10;

type SeePlanProps = {
  /** `null`: built-in. */
  readonly connectionId: ConnectionId | null;
  /** Some were described already: what is left is to start. */
  readonly hasTried: boolean;
  readonly onStarted: (runId: RunId) => void;
};

/** What it will take, before it takes it; ten photos to try, or all. */
export function SeePlan({ connectionId, hasTried, onStarted }: SeePlanProps) {
  const texts = useTexts();
  const language = useLanguage();
  const [budgetText, setBudgetText] = useState('');
  const known = useRunOptions();
  const options = known ?? runOptionsBy(usualSettings, []);
  const who = connectionId === null ? { connection: { kind: 'built-in' as const } } : { connectionId };
  const { data: summary } = useQueryOf('library.summary', {});
  const filesLeft = summary?.waiting.files ?? 0;
  const { data: plan, error } = useQueryOf(
    'description.plan',
    { options, ...who },
    { enabled: known !== undefined, keepsPrevious: true },
  );
  const save = useCallOf('connection.save');
  const start = useCallOf('description.start');
  const budget = parseBudget(budgetText, language);
  const costs = plan !== undefined && plan.maxCostMicroUsd !== 0;
  const isTrialFirst = costs && !hasTried;
  const begin = async (limit: number | undefined): Promise<void> => {
    if (budget === 'wrong') return;
    const id = connectionId ?? (await save.call({ kind: 'built-in' }))?.id;
    if (id === undefined) return;
    const started = await start.call({
      connectionId: id,
      options,
      budgetMicroUsd: budget,
      ...(limit === undefined ? {} : { limit }),
    });
    if (started !== undefined && started.runId !== null) onStarted(started.runId);
  };
  const wrong = error ?? save.error ?? start.error;
  const isBusy = save.isCalling || start.isCalling;
  if (plan === undefined) {
    return wrong === null ? <p>{texts.describe.planning}</p> : <ErrorBanner error={wrong} />;
  }
  const stillReading = filesLeft > 0 && (
    <p className="first-start-quiet">{texts.firstStart.stillReading(filesLeft)}</p>
  );
  if (plan.photos === 0) {
    return stillReading || <p className="first-start-quiet">{texts.firstStart.allDescribed}</p>;
  }
  return (
    <>
      {wrong !== null && <ErrorBanner error={wrong} />}
      <DescribePlan plan={plan} />
      {stillReading}
      <p className="first-start-quiet">
        {connectionId === null
          ? texts.firstStart.nothingLeaves
          : texts.firstStart.whatLeaves(plan.connection)}
      </p>
      {costs && (
        <div className="first-budget">
          <Field
            label={texts.describe.budget}
            hint={texts.describe.budgetHint}
            inputMode="decimal"
            value={budgetText}
            error={budget === 'wrong' ? texts.describe.budgetWrong : undefined}
            onChange={(event) => {
              setBudgetText(event.target.value);
            }}
          />
        </div>
      )}
      <div className="run-steps">
        {plan.photos > tryCount && (
          <Button
            kind={isTrialFirst ? 'primary' : 'plain'}
            icon={Play}
            disabled={budget === 'wrong'}
            isBusy={isBusy}
            onClick={() => void begin(tryCount)}
          >
            {texts.firstStart.tryOn(tryCount)}
          </Button>
        )}
        <Button
          kind={isTrialFirst && plan.photos > tryCount ? 'plain' : 'primary'}
          icon={Play}
          disabled={budget === 'wrong'}
          isBusy={isBusy}
          onClick={() => void begin(undefined)}
        >
          {texts.firstStart.start(plan.photos)}
        </Button>
      </div>
    </>
  );
}
