import type { Output } from '../../app/contract/procedures.ts';
import type { Again } from '../../app/contract/models/run.ts';
import { promptLabel } from '../describing/prompt-label.ts';
import { Select } from '../design/components/select.tsx';
import { useTexts } from '../texts/use-texts.ts';

/** Of the photos that are meant: those that nobody described so far (`new`), or some once more. */
export type Which = 'new' | Again;

export type Choices = {
  /** A connection's id, or `built-in` while it has none. */
  readonly connection: string;
  readonly detail: 'auto' | 'low' | 'high';
  /** Name of a prompt. */
  readonly prompt: string;
  readonly which: Which;
  /** Photos of one burst: a request for each, or one for all. */
  readonly bursts: 'alone' | 'together';
  /** At once, or as batches within a day. */
  readonly when: 'now' | 'overnight';
  /** Pictures of the web: themselves, or where they are. */
  readonly pictures: 'sent' | 'address';
};

type DescribeChoicesProps = {
  readonly choices: Choices;
  readonly connections: Output<'connection.list'>;
  readonly prompts: Output<'prompt.list'>;
  /** Pictures of the web among them whose address can be told. */
  readonly addresses: number;
  readonly onChange: (change: Partial<Choices>) => void;
};

/** By whom, how closely, with which prompt, and whether again. */
export function DescribeChoices({
  choices,
  connections,
  prompts,
  addresses,
  onChange,
}: DescribeChoicesProps) {
  const texts = useTexts();
  const hasBuiltIn = connections.some(({ kind }) => kind === 'built-in');
  const chosen = connections.find(({ id }) => String(id) === choices.connection);
  const isBuiltIn = choices.connection === 'built-in' || chosen?.kind === 'built-in';
  const takesBatches = chosen?.takesBatches === true;
  const isOvernight = takesBatches && choices.when === 'overnight';
  return (
    <div className="describe-choices">
      <span>{texts.describe.who}</span>
      <Select
        label={texts.describe.who}
        value={choices.connection}
        options={[
          ...(hasBuiltIn ? [] : [{ value: 'built-in', label: texts.describe.builtIn }]),
          ...connections.map(({ id, name, kind }) => ({
            value: String(id),
            label: kind === 'built-in' ? texts.describe.builtIn : name,
          })),
        ]}
        onChange={(connection) => {
          onChange({ connection });
        }}
      />
      {!isBuiltIn && (
        <>
          <span>{texts.describe.prompt}</span>
          <Select
            label={texts.describe.prompt}
            value={choices.prompt}
            options={prompts.map(({ name }) => ({ value: name, label: promptLabel(name, texts) }))}
            onChange={(prompt) => {
              onChange({ prompt });
            }}
          />
          <span>{texts.describe.detail}</span>
          <Select
            label={texts.describe.detail}
            value={choices.detail}
            options={(['auto', 'low', 'high'] as const).map((value) => ({
              value,
              label: texts.describe.details[value],
            }))}
            onChange={(detail) => {
              onChange({ detail });
            }}
          />
          {takesBatches && (
            <>
              <span>{texts.describe.when}</span>
              <div className="describe-choice">
                <Select
                  label={texts.describe.when}
                  value={choices.when}
                  options={(['now', 'overnight'] as const).map((value) => ({
                    value,
                    label: texts.describe.whens[value],
                  }))}
                  onChange={(when) => {
                    onChange({ when });
                  }}
                />
                {isOvernight && choices.bursts === 'together' && (
                  <p className="describe-note">{texts.describe.apart}</p>
                )}
              </div>
            </>
          )}
          {/* Overnight each photo is a request of its own, and for Image Analysis always. */}
          {!isOvernight && chosen?.kind !== 'azure-vision' && (
            <>
              <span>{texts.describe.bursts}</span>
              <Select
                label={texts.describe.bursts}
                value={choices.bursts}
                options={(['alone', 'together'] as const).map((value) => ({
                  value,
                  label: texts.describe.burstsAre[value],
                }))}
                onChange={(bursts) => {
                  onChange({ bursts });
                }}
              />
            </>
          )}
          {addresses > 0 && (
            <>
              <span>{texts.describe.pictures}</span>
              <div className="describe-choice">
                <Select
                  label={texts.describe.pictures}
                  value={choices.pictures}
                  options={(['sent', 'address'] as const).map((value) => ({
                    value,
                    label: texts.describe.picturesAre[value],
                  }))}
                  onChange={(pictures) => {
                    onChange({ pictures });
                  }}
                />
                {choices.pictures === 'address' && (
                  <p className="describe-note">{texts.describe.addressHint}</p>
                )}
              </div>
            </>
          )}
        </>
      )}
      <span>{texts.describe.which}</span>
      <Select
        label={texts.describe.which}
        value={choices.which}
        options={(['new', 'outdated', 'all'] as const).map((value) => ({
          value,
          label: texts.describe.whiches[value],
        }))}
        onChange={(which) => {
          onChange({ which });
        }}
      />
    </div>
  );
}
