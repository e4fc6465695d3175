import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { descriptionField, detailChoice, type DescriptionField } from '../../app/contract/models.ts';
import type { Settings } from '../../app/contract/settings.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { parseBudget } from '../texts/parse-budget.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { SettingRow } from './setting-row.tsx';
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
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
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
        hint={texts.settings.descriptionLanguageHint}
        value={settings.descriptionLanguage}
        onSave={(descriptionLanguage) => call({ descriptionLanguage })}
      />
      <fieldset className="describing-fields">
        <legend>{texts.settings.fields}</legend>
        {descriptionField.options.map((field) => (
          <FieldBox
            key={field}
            label={texts.runs.fieldNames[field]}
            isOn={settings.fields.includes(field)}
            // Something has to be asked for.
            isFixed={settings.fields.length === 1 && settings.fields[0] === field}
            onChange={(isOn) => void call({ fields: withField(settings.fields, field, isOn) })}
          />
        ))}
      </fieldset>
      <TextRow
        label={texts.settings.monthlyBudget}
        hint={texts.settings.monthlyBudgetHint}
        value={settings.monthlyBudgetMicroUsd === null ? '' : String(settings.monthlyBudgetMicroUsd / 1e6)}
        inputMode="decimal"
        check={(text) => (parseBudget(text, language) === 'wrong' ? texts.settings.noAmount : undefined)}
        onSave={(text) => {
          const monthlyBudgetMicroUsd = parseBudget(text, language);
          return monthlyBudgetMicroUsd === 'wrong' ? Promise.resolve() : call({ monthlyBudgetMicroUsd });
        }}
      />
    </>
  );
}

/** Keeps the order of the list, so that the same choice is the same setting. */
function withField(
  fields: readonly DescriptionField[],
  field: DescriptionField,
  isOn: boolean,
): DescriptionField[] {
  return descriptionField.options.filter((one) => (one === field ? isOn : fields.includes(one)));
}

type TextRowProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly inputMode?: 'decimal';
  readonly check?: (text: string) => string | undefined;
  readonly onSave: (text: string) => Promise<unknown>;
};

/** Saved when it is left or Enter is pressed; Escape brings back what was there. */
function TextRow({ label, hint, value, inputMode, check, onSave }: TextRowProps) {
  const [text, setText] = useState<string>();
  const shown = text ?? value;
  const error = check?.(shown);
  const save = async (): Promise<void> => {
    if (text === undefined || text === value || error !== undefined) return;
    await onSave(text);
    setText(undefined);
  };
  return (
    <div className="setting-row">
      <div className="describing-text">
        <Field
          label={label}
          hint={hint}
          error={error}
          value={shown}
          {...(inputMode === undefined ? {} : { inputMode })}
          onChange={(event) => {
            setText(event.target.value);
          }}
          onBlur={() => void save()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void save();
            if (event.key === 'Escape') setText(undefined);
          }}
        />
      </div>
    </div>
  );
}

type FieldBoxProps = {
  readonly label: string;
  readonly isOn: boolean;
  readonly isFixed: boolean;
  readonly onChange: (isOn: boolean) => void;
};

function FieldBox({ label, isOn, isFixed, onChange }: FieldBoxProps) {
  return (
    <label className="describing-field">
      <Checkbox.Root className="checkbox" checked={isOn} disabled={isFixed} onCheckedChange={onChange}>
        <Checkbox.Indicator>
          <Check aria-hidden size="0.9em" strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {label}
    </label>
  );
}
