import { ListChecks } from 'lucide-react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { EmptyState } from '../design/components/empty-state.tsx';
import { DateTime, Money } from '../design/components/values.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { View } from '../layout/view.tsx';
import { formatRoute } from '../routes.ts';
import { useRoute } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { RunDetail } from './run-detail.tsx';
import { progressOf, type RunProgress } from './run-figures.ts';
import { RunState, useRunPhase } from './run-state.tsx';
import './runs-view.css';

/** What was asked for together: each run with its plan and what came of it. */
export function RunsView() {
  const texts = useTexts();
  const route = useRoute();
  const { data: runs, error } = useQueryOf('run.list', { limit: 200 });
  const wanted = route.view === 'runs' ? route.runId : null;
  const shown = runs?.find(({ id }) => id === wanted) ?? runs?.[0];
  return (
    <View title={texts.runs.title}>
      {error !== null && <ErrorBanner error={error} />}
      {runs?.length === 0 && (
        <EmptyState icon={ListChecks} title={texts.runs.noneTitle}>
          {texts.runs.none}
        </EmptyState>
      )}
      {shown !== undefined && (
        <div className="runs" data-chosen={wanted !== null}>
          <nav className="runs-list" aria-label={texts.runs.title}>
            <ul>
              {runs?.map((run) => (
                <li key={run.id}>
                  <RunLink run={run} isShown={run.id === shown.id} />
                </li>
              ))}
            </ul>
          </nav>
          <RunDetail key={shown.id} run={shown} />
        </div>
      )}
    </View>
  );
}

function RunLink({ run, isShown }: { readonly run: RunProgress; readonly isShown: boolean }) {
  const texts = useTexts();
  const { done, failed, total, copies } = progressOf(run);
  const phase = useRunPhase(run);
  return (
    <a
      className="runs-link"
      href={formatRoute({ view: 'runs', runId: run.id })}
      aria-current={isShown ? 'true' : undefined}
    >
      <span className="runs-line">
        <strong>{run.connection}</strong>
        <span className={`runs-state runs-state-${phase.kind}`}>
          <RunState phase={phase} />
        </span>
      </span>
      <progress className="progress-track" value={total === 0 ? 1 : done / total} aria-hidden />
      <span className="runs-line runs-quiet">
        <span>
          {texts.runs.doneOf(done, total)}
          {copies > 0 && ` · ${texts.describe.copies(copies)}`}
          {failed > 0 && ` · ${texts.runs.failed(failed)}`}
        </span>
        <Money microUsd={run.costMicroUsd} unpriced={run.unpriced} />
      </span>
      <span className="runs-quiet">
        <DateTime ms={run.createdAtMs} />
      </span>
    </a>
  );
}
