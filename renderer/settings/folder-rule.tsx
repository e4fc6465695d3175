import { useState } from 'react';
import type { StandingRule } from '../../app/contract/models.ts';
import type { Arguments, Output } from '../../app/contract/procedures.ts';
import { useRunOptions } from '../describing/use-run-options.ts';
import { Button } from '../design/components/button.tsx';
import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { formatBudget, parseBudget } from '../texts/parse-budget.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { SettingRow } from './setting-row.tsx';

type Rule = NonNullable<Arguments<'root.set'>['rule']>;

/** What happens by itself to photos that appear in a folder. One that costs money is set only together with its limit. */
export function FolderRule({
  root,
  onChange,
}: {
  readonly root: Output<'root.list'>[number];
  readonly onChange: (rule: Rule) => void;
}) {
  const texts = useTexts();
  const language = useLanguage();
  const { data: connections } = useQueryOf('connection.list', {});
  const options = useRunOptions();
  const [draft, setDraft] = useState<string>();
  const [budget, setBudget] = useState<string>();
  if (connections === undefined || options === undefined) return null;
  const current = idOf(root.rule);
  const chosen = draft ?? current;
  const connection = connections.find(({ id }) => String(id) === chosen);
  const isFree = connection === undefined || connection.isLocal || connection.kind === 'built-in';
  const budgetText = budget ?? budgetOf(root.rule, language);
  const parsed = parseBudget(budgetText, language);
  // A rule that costs has to have a limit.
  const amount = parsed === 'wrong' || parsed === null ? undefined : parsed;
  const isChanged = chosen !== current || (budget !== undefined && budget !== budgetOf(root.rule, language));
  const save = (): void => {
    if (connection === undefined) onChange({ kind: 'index' });
    else {
      onChange({
        kind: 'describe',
        connectionId: connection.id,
        monthlyBudgetMicroUsd: isFree ? null : (amount ?? null),
        options,
      });
    }
    setDraft(undefined);
    setBudget(undefined);
  };
  return (
    <>
      <SettingRow label={texts.folders.rule} hint={texts.folders.ruleHint}>
        <Select
          label={texts.folders.rule}
          value={chosen}
          options={[
            { value: 'index', label: texts.folders.onlyIndex },
            ...connections.map(({ id, name }) => ({
              value: String(id),
              label: texts.folders.describeWith(name),
            })),
          ]}
          onChange={setDraft}
        />
      </SettingRow>
      {!isFree && (
        <Field
          label={texts.folders.ruleBudget}
          inputMode="decimal"
          value={budgetText}
          error={amount === undefined ? texts.settings.noAmount : undefined}
          onChange={(event) => {
            setBudget(event.target.value);
          }}
        />
      )}
      {isChanged && (
        <div>
          <Button kind="primary" disabled={!isFree && amount === undefined} onClick={save}>
            {texts.folders.saveRule}
          </Button>
        </div>
      )}
    </>
  );
}

function idOf(rule: StandingRule): string {
  return rule.kind === 'index' ? 'index' : String(rule.connectionId);
}

function budgetOf(rule: StandingRule, language: string): string {
  if (rule.kind === 'index' || rule.monthlyBudgetMicroUsd === null) return '';
  return formatBudget(rule.monthlyBudgetMicroUsd, language);
}
