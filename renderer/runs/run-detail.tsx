import { ArrowLeft, Images, CirclePause, CirclePlay, CircleX, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { formatKeywordRange } from '../describing/keyword-range.ts';
import { languageName } from '../describing/language-name.ts';
import { promptLabel } from '../describing/prompt-label.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Progress } from '../design/components/progress.tsx';
import { showToast } from '../design/components/toast.tsx';
import { DateTime } from '../design/components/values.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { formatRoute, libraryRoute } from '../routes.ts';
import { formatCount, formatDuration } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { BatchLine } from './batch-line.tsx';
import { FailureList } from './failure-list.tsx';
import { RunTrouble } from './go-on.tsx';
import { PlanTable } from './plan-table.tsx';
import { RunState, useRunPhase } from './run-state.tsx';
import { progressOf, stepsFor, type RunProgress } from './run-figures.ts';

/** One run: how far it is, what it cost beside its plan, what failed, and what can be done with it. */
export function RunDetail({ run }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const language = useLanguage();
  const { done, failed, total, copies } = progressOf(run);
  const phase = useRunPhase(run);
  return (
    <section className="run" aria-label={texts.runs.of(run.connection)}>
      <a className="run-back" href={formatRoute({ view: 'runs', runId: null })}>
        <ArrowLeft aria-hidden size="1.1em" />
        {texts.runs.title}
      </a>
      <header className="run-head">
        <div>
          <h2 className="run-title">{run.connection}</h2>
          <p className="runs-quiet">
            <RunState phase={phase} /> · <DateTime ms={run.createdAtMs} />
            {run.fallbackConnection !== null && ` · ${texts.runs.fallback(run.fallbackConnection)}`}
          </p>
        </div>
        <Steps run={run} />
      </header>
      {run.describedBy.length > 0 && (
        <p className="runs-quiet">
          {run.describedBy
            .map(({ connection, photos }) => texts.runs.describedBy(photos, connection))
            .join(' · ')}
        </p>
      )}
      <RunTrouble run={run} />
      <Progress label={texts.runs.progress} done={done + failed} total={total} />
      {copies > 0 && <p className="runs-quiet">{texts.describe.copiesNote(copies)}</p>}
      {run.batch !== null && <BatchLine batch={run.batch} />}
      {run.pace !== null && (
        <p className="runs-quiet">
          {texts.status.perMinute(formatCount(Math.round(run.pace.photosPerMinute), language))}
          {run.pace.msLeft !== null &&
            ` · ${texts.status.timeLeft(formatDuration(run.pace.msLeft, language))}`}
        </p>
      )}
      {run.undoable > 0 && (
        <a
          className="button button-plain run-photos"
          href={formatRoute({ ...libraryRoute, query: `run:${String(run.id)}` })}
        >
          <Images aria-hidden size="1.15em" />
          <span className="button-text">{texts.runs.showPhotos(run.undoable)}</span>
        </a>
      )}
      <PlanTable run={run} />
      <FailureList run={run} />
      <Options run={run} />
    </section>
  );
}

function Steps({ run }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const steps = stepsFor(run);
  const pause = useCallOf('run.pause');
  const resume = useCallOf('run.resume');
  const cancel = useCallOf('run.cancel');
  const [isUndoing, setIsUndoing] = useState(false);
  const error = pause.error ?? resume.error ?? cancel.error;
  return (
    <div className="run-steps">
      {steps.canPause && (
        <Button icon={CirclePause} onClick={() => void pause.call({ id: run.id })}>
          {texts.runs.pause}
        </Button>
      )}
      {steps.canResume && (
        <Button kind="primary" icon={CirclePlay} onClick={() => void resume.call({ id: run.id })}>
          {texts.runs.resume}
        </Button>
      )}
      {steps.canCancel && (
        <Button icon={CircleX} onClick={() => void cancel.call({ id: run.id })}>
          {texts.runs.cancel}
        </Button>
      )}
      {steps.canUndo && (
        <Button
          icon={Undo2}
          onClick={() => {
            setIsUndoing(true);
          }}
        >
          {texts.runs.undo}
        </Button>
      )}
      <UndoDialog
        run={run}
        isOpen={isUndoing}
        onClose={() => {
          setIsUndoing(false);
        }}
      />
      {error !== null && <ErrorBanner error={error} />}
    </div>
  );
}

/** Says what undoing takes back and what it cannot, before it is done. */
function UndoDialog({
  run,
  isOpen,
  onClose,
}: {
  readonly run: RunProgress;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const texts = useTexts();
  const { call, isCalling, error } = useCallOf('run.undo');
  const undo = async (): Promise<void> => {
    const undone = await call({ id: run.id });
    if (undone === undefined) return;
    showToast(texts.runs.undone(undone.photos));
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={texts.runs.undoTitle}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button kind="danger" disabled={isCalling} onClick={() => void undo()}>
            {texts.runs.undoPhotos(run.undoable)}
          </Button>
        </>
      }
    >
      <p>{texts.runs.undoText}</p>
      {error !== null && <ErrorBanner error={error} />}
    </Dialog>
  );
}

/** What was asked for. */
function Options({ run: { options, budgetMicroUsd, rootId } }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const language = useLanguage();
  const names = new Intl.ListFormat(language, { type: 'conjunction' });
  const lines: [string, string][] = [
    [texts.runs.prompt, promptLabel(options.prompt, texts)],
    [texts.runs.detail, texts.runs.details[options.detail]],
    [texts.runs.language, languageName(options.language, language) ?? options.language],
    ...(options.keywords === undefined
      ? []
      : [[texts.prompts.keywordCount, formatKeywordRange(options.keywords)] as [string, string]]),
    [texts.runs.fields, names.format(options.fields.map((field) => texts.runs.fieldNames[field]))],
    ...(options.batch === undefined
      ? []
      : [[texts.describe.when, texts.describe.whens.overnight] as [string, string]]),
    [texts.runs.startedBy, rootId === null ? texts.runs.byPerson : texts.runs.byRule],
    ...(budgetMicroUsd === null
      ? []
      : [[texts.runs.budget, texts.runs.money(budgetMicroUsd)] as [string, string]]),
  ];
  return (
    <section>
      <h3 className="run-heading">{texts.runs.options}</h3>
      <dl className="run-options">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
