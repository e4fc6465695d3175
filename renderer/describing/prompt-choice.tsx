import { FileUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Arguments } from '../../app/contract/procedures.ts';
import type { Settings } from '../../app/contract/settings.ts';
import { Button } from '../design/components/button.tsx';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Select } from '../design/components/select.tsx';
import { RemoveButton } from '../design/components/remove-button.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { SettingRow } from '../settings/setting-row.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { PromptDialog } from './prompt-dialog.tsx';
import { promptAbout, promptLabel } from './prompt-label.ts';
import { promptOf, type Prompt } from './run-options.ts';

type PromptChoiceProps = {
  readonly settings: Settings;
  readonly onChange: (changes: Arguments<'setting.set'>) => void;
};

/** Which prompt is used: one that Cutline brings along or one of the person's own, which is made, changed and taken out here. */
export function PromptChoice({ settings, onChange }: PromptChoiceProps) {
  const texts = useTexts();
  const { data: prompts } = useQueryOf('prompt.list', {});
  const [edited, setEdited] = useState<Prompt | 'new'>();
  const save = useCallOf('prompt.save');
  const file = useRef<HTMLInputElement>(null);
  if (prompts === undefined) return null;
  const chosen = promptOf(settings, prompts) ?? prompts[0];
  const choose = (prompt: Prompt | undefined): void => {
    if (prompt === undefined) return;
    const { name, fields, language } = prompt;
    // Each prompt is made for some fields, and perhaps a language; both can be changed after it was chosen.
    onChange({
      prompt: name,
      fields,
      keywords: null,
      ...(language !== undefined && { descriptionLanguage: language }),
    });
  };
  const read = async (chosenFile: File | undefined): Promise<void> => {
    if (chosenFile === undefined) return;
    const name = chosenFile.name.replace(/\.[^.]*$/, '').slice(0, 60);
    choose(await save.call({ name, source: await chosenFile.text() }));
  };
  return (
    <div className="prompt-choice">
      <SettingRow
        label={texts.prompts.prompt}
        hint={chosen === undefined ? '' : promptAbout(chosen.name, chosen.about, texts)}
      >
        <Select
          label={texts.prompts.prompt}
          value={chosen?.name ?? settings.prompt}
          options={prompts.map(({ name }) => ({ value: name, label: promptLabel(name, texts) }))}
          onChange={(name) => {
            choose(prompts.find((prompt) => prompt.name === name));
          }}
        />
      </SettingRow>
      {save.error !== null && <ErrorBanner error={save.error} onDismiss={save.forgetError} />}
      <div className="prompt-steps">
        {chosen !== undefined && chosen.custom !== null && (
          <>
            <Button
              icon={Pencil}
              onClick={() => {
                setEdited(chosen);
              }}
            >
              {texts.prompts.edit}
            </Button>
            <RemovePrompt name={chosen.name} />
          </>
        )}
        <Button
          icon={Plus}
          onClick={() => {
            setEdited('new');
          }}
        >
          {texts.prompts.add}
        </Button>
        <Button icon={FileUp} disabled={save.isCalling} onClick={() => file.current?.click()}>
          {texts.prompts.fromFile}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".md,.txt,text/plain,text/markdown"
          aria-label={texts.prompts.fromFile}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            // The same file can be chosen again after it was changed.
            event.target.value = '';
          }}
        />
      </div>
      {edited !== undefined && (
        <PromptDialog
          prompt={edited === 'new' ? undefined : edited}
          like={chosen}
          taken={prompts.map(({ name }) => name)}
          onClose={(saved) => {
            setEdited(undefined);
            choose(saved);
          }}
        />
      )}
    </div>
  );
}

function RemovePrompt({ name }: { readonly name: string }) {
  const texts = useTexts();
  const remove = useCallOf('prompt.remove');
  return (
    <RemoveButton
      icon={Trash2}
      label={texts.prompts.remove}
      title={texts.prompts.removeTitle(name)}
      agree={texts.prompts.removeIt}
      isCalling={remove.isCalling}
      error={remove.error}
      onRemove={() => remove.call({ name })}
    >
      {texts.prompts.removeText}
    </RemoveButton>
  );
}
