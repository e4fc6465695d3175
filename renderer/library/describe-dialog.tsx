import { useState } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { usualSettings } from '../../app/contract/settings.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Field } from '../design/components/field.tsx';
import { Select } from '../design/components/select.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { formatMoney } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { DescribePlan } from './describe-plan.tsx';
import { parseBudget } from '../texts/parse-budget.ts';
import type { NamedPhotos } from './selection.ts';
import './describe-dialog.css';

type DescribeDialogProps = {
  readonly photos: NamedPhotos;
  readonly onClose: () => void;
  /** The run was started. */
  readonly onStarted: () => void;
};

type Choices = {
  /** A connection's id, or `built-in` while it has none. */
  readonly connection: string;
  readonly detail: 'auto' | 'low' | 'high';
};

/** Shows what describing some photos would send and cost; nothing is sent until a person agrees to that. */
export function DescribeDialog({ photos, onClose, onStarted }: DescribeDialogProps) {
  const texts = useTexts();
  const language = useLanguage();
  const settings = useQueryOf('setting.get', {});
  const connections = useQueryOf('connection.list', {});
  const [chosen, setChosen] = useState<Partial<Choices>>({});
  const [budgetText, setBudgetText] = useState('');
  const start = useCallOf('description.start');
  const save = useCallOf('connection.save');

  const listed = connections.data ?? [];
  const builtIn = listed.find(({ kind }) => kind === 'built-in');
  const usual = settings.data?.defaultConnectionId ?? builtIn?.id ?? 'built-in';
  const connection = chosen.connection ?? String(usual);
  const detail = chosen.detail ?? settings.data?.detail ?? 'auto';
  const { prompt, descriptionLanguage, fields } = settings.data ?? usualSettings;
  const options = { detail, maxImageTokens: null, prompt, language: descriptionLanguage, fields };
  const connectionId = listed.find(({ id }) => String(id) === connection)?.id;
  const budget = parseBudget(budgetText, language);
  const who = connectionId === undefined ? { connection: { kind: 'built-in' as const } } : { connectionId };
  const plan = useQueryOf(
    'description.plan',
    { ...photos, options, ...who },
    { enabled: settings.data !== undefined && connections.data !== undefined, keepsPrevious: true },
  );
  const error = settings.error ?? connections.error ?? plan.error ?? save.error ?? start.error;

  const agree = async (): Promise<void> => {
    if (budget === 'wrong') return;
    const id = connectionId ?? (await save.call({ kind: 'built-in' }))?.id;
    if (id === undefined) return;
    const started = await start.call({ ...photos, connectionId: id, options, budgetMicroUsd: budget });
    if (started === undefined) return;
    showToast(texts.describe.started(started.photos));
    onStarted();
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={texts.describe.title}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            kind="primary"
            disabled={
              plan.data === undefined ||
              plan.data.photos === 0 ||
              budget === 'wrong' ||
              start.isCalling ||
              plan.isPlaceholderData
            }
            onClick={() => void agree()}
          >
            {agreeText(plan.data, texts, language)}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorBanner error={error} />}
      <div className="describe-choices">
        <span>{texts.describe.who}</span>
        <Select
          label={texts.describe.who}
          value={connection}
          options={[
            ...(builtIn === undefined ? [{ value: 'built-in', label: texts.describe.builtIn }] : []),
            ...listed.map(({ id, name, kind }) => ({
              value: String(id),
              label: kind === 'built-in' ? texts.describe.builtIn : name,
            })),
          ]}
          onChange={(value) => {
            setChosen({ ...chosen, connection: value });
          }}
        />
        <span>{texts.describe.detail}</span>
        <Select
          label={texts.describe.detail}
          value={detail}
          options={(['auto', 'low', 'high'] as const).map((value) => ({
            value,
            label: texts.describe.details[value],
          }))}
          onChange={(value) => {
            setChosen({ ...chosen, detail: value });
          }}
        />
      </div>
      {plan.data !== undefined && plan.data.photos === 0 && <Banner>{texts.describe.nothingToDo}</Banner>}
      {plan.data !== undefined && plan.data.photos > 0 && <DescribePlan plan={plan.data} />}
      {plan.data === undefined && error === null && (
        <p className="describe-note">{texts.describe.planning}</p>
      )}
      {plan.data !== undefined && plan.data.maxCostMicroUsd !== 0 && (
        <Field
          label={texts.describe.budget}
          hint={texts.describe.budgetHint}
          error={budget === 'wrong' ? texts.describe.budgetWrong : undefined}
          value={budgetText}
          inputMode="decimal"
          onChange={(event) => {
            setBudgetText(event.currentTarget.value);
          }}
        />
      )}
    </Dialog>
  );
}

function agreeText(
  plan: Output<'description.plan'> | undefined,
  texts: ReturnType<typeof useTexts>,
  language: string,
): string {
  if (plan === undefined || plan.photos === 0) return texts.library.describe;
  const cost =
    plan.costMicroUsd === null || plan.costMicroUsd === 0
      ? undefined
      : formatMoney(plan.costMicroUsd, language);
  return texts.describe.agree(plan.photos, cost);
}
