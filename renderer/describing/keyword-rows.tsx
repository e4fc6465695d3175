import type { KeywordRules } from '../../app/contract/models/prompt.ts';
import type { Arguments } from '../../app/contract/procedures.ts';
import { settings as settingShapes, type Settings } from '../../app/contract/settings.ts';
import { Select } from '../design/components/select.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { SettingRow } from '../settings/setting-row.tsx';
import { TextRow } from '../settings/text-row.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { formatKeywordRange, parseKeywordRange } from './keyword-range.ts';
import { parseVocabulary } from './parse-vocabulary.ts';
import { promptOf } from './run-options.ts';

type KeywordRowsProps = {
  readonly settings: Settings;
  readonly onChange: (changes: Arguments<'setting.set'>) => Promise<unknown>;
};

/** How many keywords, of what form, and which are preferred. */
export function KeywordRows({ settings, onChange }: KeywordRowsProps) {
  const texts = useTexts();
  const { data: prompts } = useQueryOf('prompt.list', {});
  if (!settings.fields.includes('keywords') || prompts === undefined) return null;
  const byPrompt = promptOf(settings, prompts)?.keywords;
  const { keywords: own, vocabulary } = settings;
  const rules = own ?? byPrompt;
  return (
    <>
      <TextRow
        label={texts.prompts.keywordCount}
        hint={texts.prompts.keywordCountHint(byPrompt === undefined ? '' : formatKeywordRange(byPrompt))}
        value={own === null ? '' : formatKeywordRange(own)}
        check={(text) => (parseKeywordRange(text) === 'wrong' ? texts.prompts.noCount : undefined)}
        onSave={(text) => {
          const range = parseKeywordRange(text);
          if (range === 'wrong') return Promise.resolve();
          return onChange({ keywords: range && { ...range, form: rules?.form ?? 'phrases' } });
        }}
      />
      {rules !== undefined && (
        <SettingRow label={texts.prompts.keywordForm}>
          <Select
            label={texts.prompts.keywordForm}
            value={rules.form}
            options={(['phrases', 'words'] as const).map((value) => ({
              value,
              label: texts.prompts.keywordForms[value],
            }))}
            onChange={(form) => void onChange({ keywords: changeForm(rules, form) })}
          />
        </SettingRow>
      )}
      <TextRow
        label={texts.prompts.vocabulary}
        hint={texts.prompts.vocabularyHint}
        value={vocabulary.join(', ')}
        lines={3}
        check={(text) =>
          settingShapes.shape.vocabulary.safeParse(parseVocabulary(text)).success
            ? undefined
            : texts.prompts.vocabularyTooLong
        }
        onSave={(text) => onChange({ vocabulary: parseVocabulary(text) })}
      />
    </>
  );
}

function changeForm({ min, max }: KeywordRules, form: KeywordRules['form']): KeywordRules {
  return { min, max, form };
}
