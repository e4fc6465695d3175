import { CirclePlay } from 'lucide-react';
import { useState } from 'react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { parseBudget } from '../texts/parse-budget.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import type { RunProgress } from './run-figures.ts';

/** Why a run does not go on, with the next step: for a budget that was reached, another one where it was set. */
export function RunTrouble({ run }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const { error, rootId } = run;
  if (error === null) return null;
  if (error.code !== 'budget-exceeded' || run.state !== 'paused') return <ErrorBanner error={error} />;
  const isOverall = error.details['isOverall'] === true;
  if (isOverall || rootId !== null) {
    return (
      <ErrorBanner
        error={error}
        actions={
          <a
            className="button button-plain"
            href={formatRoute({ view: 'settings', section: isOverall ? 'prompts' : 'folders' })}
          >
            {texts.runs.changeBudget}
          </a>
        }
      />
    );
  }
  return (
    <>
      <ErrorBanner error={error} />
      <LargerBudget run={run} />
    </>
  );
}

/** A run goes on with more than it has cost already. */
function LargerBudget({ run }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const language = useLanguage();
  const { call, isCalling, error } = useCallOf('run.resume');
  const [text, setText] = useState('');
  const parsed = parseBudget(text, language);
  const budgetMicroUsd = parsed === 'wrong' || parsed === null ? undefined : parsed;
  const isLarger = budgetMicroUsd !== undefined && budgetMicroUsd > (run.budgetMicroUsd ?? 0);
  return (
    <form
      className="run-budget"
      onSubmit={(event) => {
        event.preventDefault();
        if (isLarger) void call({ id: run.id, budgetMicroUsd });
      }}
    >
      {error !== null && <ErrorBanner error={error} />}
      <Field
        label={texts.runs.newBudget}
        hint={texts.runs.newBudgetHint(run.budgetMicroUsd ?? 0)}
        inputMode="decimal"
        value={text}
        error={text === '' || isLarger ? undefined : texts.runs.newBudgetWrong(run.budgetMicroUsd ?? 0)}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <Button type="submit" kind="primary" icon={CirclePlay} disabled={!isLarger || isCalling}>
        {texts.runs.goOnWith}
      </Button>
    </form>
  );
}
