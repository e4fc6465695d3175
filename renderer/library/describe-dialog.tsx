import { useState } from 'react';
import type { Output } from '../../app/contract/procedures.ts';
import { usualSettings } from '../../app/contract/settings.ts';
import { runOptionsBy } from '../describing/run-options.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Field } from '../design/components/field.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { formatMoney } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { DescribeChoices, type Choices } from './describe-choices.tsx';
import { DescribePlan } from './describe-plan.tsx';
import { parseBudget } from '../texts/parse-budget.ts';
import type { NamedPhotos } from './selection.ts';
import './describe-dialog.css';

type DescribeDialogProps = {
  readonly photos: NamedPhotos;
  /** What was described is to be described once more. */
  readonly isAgain: boolean;
  readonly onClose: () => void;
  /** The run was started. */
  readonly onStarted: () => void;
};

/** Shows what describing some photos would send and cost; nothing is sent until a person agrees to that. */
export function DescribeDialog({ photos, isAgain, onClose, onStarted }: DescribeDialogProps) {
  const texts = useTexts();
  const language = useLanguage();
  const settings = useQueryOf('setting.get', {});
  const connections = useQueryOf('connection.list', {});
  const prompts = useQueryOf('prompt.list', {});
  const [chosen, setChosen] = useState<Partial<Choices>>({});
  const [budgetText, setBudgetText] = useState('');
  const start = useCallOf('description.start');
  const save = useCallOf('connection.save');
  const remember = useCallOf('setting.set');

  const listed = connections.data ?? [];
  const builtIn = listed.find(({ kind }) => kind === 'built-in');
  const usually = settings.data ?? usualSettings;
  // One that was taken out of the list is nobody's choice any more.
  const last = listed.find(({ id }) => id === usually.defaultConnectionId);
  const usual = last?.id ?? builtIn?.id ?? 'built-in';
  const choices: Choices = {
    connection: String(usual),
    detail: usually.detail,
    prompt: usually.prompt,
    which: isAgain ? 'all' : 'new',
    bursts: 'alone',
    when: 'now',
    pictures: 'sent',
    ...chosen,
  };
  const answering = listed.find(({ id }) => String(id) === choices.connection);
  const isOvernight = choices.when === 'overnight' && answering?.takesBatches === true;
  const isTogether = choices.bursts === 'together' && !isOvernight;
  const prompt = prompts.data?.find(({ name }) => name === choices.prompt);
  // Another prompt brings what it asks for; the usual one asks for what a person set.
  const isUsualPrompt = choices.prompt === usually.prompt;
  const options = {
    ...runOptionsBy(
      {
        ...usually,
        detail: choices.detail,
        prompt: choices.prompt,
        descriptionLanguage: (isUsualPrompt ? undefined : prompt?.language) ?? usually.descriptionLanguage,
        fields: (isUsualPrompt ? undefined : prompt?.fields) ?? usually.fields,
        keywords: isUsualPrompt ? usually.keywords : null,
      },
      prompts.data ?? [],
    ),
    ...(choices.which === 'new' ? {} : { again: choices.which }),
    ...(isTogether && { bursts: 'together' as const }),
    ...(isOvernight && { batch: { rest: 'batch' as const } }),
    ...(choices.pictures === 'address' && !isTogether && !isOvernight && { sendsAddresses: true as const }),
  };
  const connectionId = answering?.id;
  const budget = parseBudget(budgetText, language);
  const who = connectionId === undefined ? { connection: { kind: 'built-in' as const } } : { connectionId };
  const plan = useQueryOf(
    'description.plan',
    { ...photos, options, ...who },
    {
      enabled: settings.data !== undefined && connections.data !== undefined && prompts.data !== undefined,
      keepsPrevious: true,
    },
  );
  const error =
    settings.error ?? connections.error ?? prompts.error ?? plan.error ?? save.error ?? start.error;

  const agree = async (): Promise<void> => {
    if (budget === 'wrong') return;
    const id = connectionId ?? (await save.call({ kind: 'built-in' }))?.id;
    if (id === undefined) return;
    const started = await start.call({ ...photos, connectionId: id, options, budgetMicroUsd: budget });
    if (started === undefined) return;
    // The next run begins with it.
    if (id !== usually.defaultConnectionId) void remember.call({ defaultConnectionId: id });
    showToast(
      isOvernight ? texts.describe.startedOvernight(started.photos) : texts.describe.started(started.photos),
    );
    onStarted();
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isAgain ? texts.describe.againTitle : texts.describe.title}
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
      <DescribeChoices
        choices={choices}
        connections={listed}
        prompts={prompts.data ?? []}
        addresses={plan.data?.addresses ?? 0}
        onChange={(change) => {
          setChosen({ ...chosen, ...change });
        }}
      />
      {plan.data !== undefined && plan.data.photos === 0 && <Banner>{texts.describe.nothingToDo}</Banner>}
      {plan.data !== undefined && plan.data.photos > 0 && (
        <DescribePlan plan={plan.data} isTogether={isTogether} />
      )}
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
