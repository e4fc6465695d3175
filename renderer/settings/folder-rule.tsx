import { useState } from 'react';
import type { StandingRule } from '../../app/contract/models/root.ts';
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

/** What is chosen and not the rule yet: it counts over the rule that it is to take the place of, and until that changes. */
type Draft = {
  readonly chosen: string;
  readonly budget: string;
  readonly over: string;
  /** It is being set, or was: the library has not told of it so far. */
  readonly isSet: boolean;
};

/** What happens by itself to photos that appear in a folder. One that costs money is set only together with its limit. */
export function FolderRule({
  root,
  onChange,
}: {
  readonly root: Output<'root.list'>[number];
  /** Resolves to whether it was set. */
  readonly onChange: (rule: Rule) => Promise<boolean>;
}) {
  const texts = useTexts();
  const language = useLanguage();
  const { data: connections } = useQueryOf('connection.list', {});
  const options = useRunOptions();
  const [kept, setDraft] = useState<Draft>();
  if (connections === undefined || options === undefined) return null;
  const over = JSON.stringify(root.rule);
  const usual: Draft = {
    chosen: idOf(root.rule),
    budget: budgetOf(root.rule, language),
    over,
    isSet: false,
  };
  const draft = kept?.over === over ? kept : usual;
  const { chosen, budget } = draft;
  const connection = connections.find(({ id }) => String(id) === chosen);
  const isFree = connection === undefined || connection.isLocal || connection.kind === 'built-in';
  const parsed = parseBudget(budget, language);
  // A rule that costs has to have a limit.
  const amount = parsed === 'wrong' || parsed === null ? undefined : parsed;
  const isChanged = !draft.isSet && (chosen !== usual.chosen || budget !== usual.budget);
  const save = async (): Promise<void> => {
    setDraft({ ...draft, isSet: true });
    const isSet = await onChange(
      connection === undefined
        ? { kind: 'index' }
        : {
            kind: 'describe',
            connectionId: connection.id,
            monthlyBudgetMicroUsd: isFree ? null : (amount ?? null),
            options,
          },
    );
    if (!isSet) setDraft(draft);
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
          onChange={(value) => {
            setDraft({ ...draft, chosen: value, isSet: false });
          }}
        />
      </SettingRow>
      {!isFree && (
        <Field
          label={texts.folders.ruleBudget}
          inputMode="decimal"
          value={budget}
          error={amount === undefined ? texts.settings.noAmount : undefined}
          onChange={(event) => {
            setDraft({ ...draft, budget: event.target.value, isSet: false });
          }}
        />
      )}
      {isChanged && (
        <div>
          <Button kind="primary" disabled={!isFree && amount === undefined} onClick={() => void save()}>
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
