import { detailChoice } from '../../app/contract/models/detail.ts';
import type { Settings } from '../../app/contract/settings.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Select } from '../design/components/select.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { SettingRow } from '../settings/setting-row.tsx';
import { TextRow } from '../settings/text-row.tsx';
import { formatBudget, parseBudget } from '../texts/parse-budget.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { FieldBoxes } from './field-boxes.tsx';
import { KeywordRows } from './keyword-rows.tsx';
import { languageName } from './language-name.ts';
import { PromptChoice } from './prompt-choice.tsx';
import { PromptPreview } from './prompt-preview.tsx';
import './describing.css';

/** What is asked for unless a person says otherwise, and what a month may cost. */
export function Describing() {
  const { data: settings } = useQueryOf('setting.get', {});
  return settings === undefined ? null : <Form settings={settings} />;
}

function Form({ settings }: { readonly settings: Settings }) {
  const texts = useTexts();
  const language = useLanguage();
  const { call, error } = useCallOf('setting.set');
  const { descriptionLanguage } = settings;
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      <div>
        <PromptChoice settings={settings} onChange={(changes) => void call(changes)} />
        <SettingRow label={texts.settings.detail} hint={texts.settings.detailHint}>
          <Select
            label={texts.settings.detail}
            value={settings.detail}
            options={detailChoice.options.map((value) => ({ value, label: texts.runs.details[value] }))}
            onChange={(detail) => void call({ detail })}
          />
        </SettingRow>
        <TextRow
          label={texts.settings.descriptionLanguage}
          hint={texts.prompts.languageIs(languageName(descriptionLanguage, language) ?? descriptionLanguage)}
          value={descriptionLanguage}
          check={(text) =>
            languageName(text.trim(), language) === undefined ? texts.prompts.noLanguage : undefined
          }
          onSave={(text) => call({ descriptionLanguage: text.trim() })}
        />
        <FieldBoxes fields={settings.fields} onChange={(fields) => void call({ fields })} />
        <KeywordRows settings={settings} onChange={call} />
        <TextRow
          label={texts.settings.monthlyBudget}
          hint={texts.settings.monthlyBudgetHint}
          value={
            settings.monthlyBudgetMicroUsd === null
              ? ''
              : formatBudget(settings.monthlyBudgetMicroUsd, language)
          }
          inputMode="decimal"
          check={(text) => (parseBudget(text, language) === 'wrong' ? texts.settings.noAmount : undefined)}
          onSave={(text) => {
            const monthlyBudgetMicroUsd = parseBudget(text, language);
            return monthlyBudgetMicroUsd === 'wrong' ? Promise.resolve() : call({ monthlyBudgetMicroUsd });
          }}
        />
      </div>
      <PromptPreview />
    </>
  );
}
