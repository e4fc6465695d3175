import { useState } from 'react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { TextArea } from '../design/components/text-area.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FieldBoxes } from './field-boxes.tsx';
import { formatKeywordRange, parseKeywordRange } from './keyword-range.ts';
import type { Prompt } from './run-options.ts';

/** As `promptSpec` has them. */
const longestInstructions = 4_000;
const longestStyle = 300;
const usualRange = { min: 5, max: 15 };

type PromptDialogProps = {
  /** `undefined`: a new one. */
  readonly prompt: Prompt | undefined;
  /** What a new one begins as. */
  readonly like: Prompt | undefined;
  /** Names that are given already. */
  readonly taken: readonly string[];
  /** With the prompt that was saved, if one was. */
  readonly onClose: (saved?: Prompt) => void;
};

/** A prompt of one's own: what is asked for, in whose style, with which instructions beside Cutline's. */
export function PromptDialog({ prompt, like, taken, onClose }: PromptDialogProps) {
  const texts = useTexts();
  const { call, isCalling, error } = useCallOf('prompt.save');
  const from = prompt ?? like;
  const [name, setName] = useState(prompt?.name ?? '');
  const [instructions, setInstructions] = useState(from?.instructions ?? '');
  const [style, setStyle] = useState(from?.style ?? '');
  const [range, setRange] = useState(formatKeywordRange(from?.keywords ?? usualRange));
  const [form, setForm] = useState(from?.keywords.form ?? 'phrases');
  const [fields, setFields] = useState(from?.fields ?? []);
  const isTaken = prompt === undefined && taken.includes(name.trim());
  const parsed = parseKeywordRange(range);
  const count = parsed === 'wrong' || parsed === null ? undefined : parsed;
  const save = async (): Promise<void> => {
    if (count === undefined) return;
    const about = prompt?.about ?? '';
    const saved = await call({
      name: name.trim(),
      spec: { about, fields, keywords: { ...count, form }, style, instructions, language: prompt?.language },
    });
    if (saved !== undefined) onClose(saved);
  };
  return (
    <Dialog
      isOpen
      onClose={() => {
        onClose();
      }}
      title={prompt === undefined ? texts.prompts.addTitle : texts.prompts.editTitle(prompt.name)}
      size="large"
      actions={
        <>
          <Button
            onClick={() => {
              onClose();
            }}
          >
            {texts.common.cancel}
          </Button>
          <Button
            kind="primary"
            disabled={isCalling || isTaken || name.trim() === '' || count === undefined}
            onClick={() => void save()}
          >
            {texts.prompts.save}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorBanner error={error} />}
      {prompt === undefined && (
        <Field
          label={texts.prompts.name}
          maxLength={60}
          value={name}
          error={isTaken ? texts.prompts.nameTaken : undefined}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      )}
      <TextArea
        label={texts.prompts.instructions}
        hint={texts.prompts.instructionsHint}
        rows={6}
        maxLength={longestInstructions}
        value={instructions}
        onChange={(event) => {
          setInstructions(event.target.value);
        }}
      />
      <Field
        label={texts.prompts.style}
        hint={texts.prompts.styleHint}
        maxLength={longestStyle}
        value={style}
        onChange={(event) => {
          setStyle(event.target.value);
        }}
      />
      <FieldBoxes fields={fields} onChange={setFields} />
      {fields.includes('keywords') && (
        <div className="prompt-keywords">
          <Field
            label={texts.prompts.keywordCount}
            value={range}
            error={count === undefined ? texts.prompts.noCount : undefined}
            onChange={(event) => {
              setRange(event.target.value);
            }}
          />
          <Select
            label={texts.prompts.keywordForm}
            value={form}
            options={(['phrases', 'words'] as const).map((value) => ({
              value,
              label: texts.prompts.keywordForms[value],
            }))}
            onChange={setForm}
          />
        </div>
      )}
    </Dialog>
  );
}
