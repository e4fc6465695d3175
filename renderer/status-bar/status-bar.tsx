import { CirclePause, CirclePlay, TriangleAlert } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { IconButton } from '../design/components/button.tsx';
import { useCallOf, useLinkState, useQueryOf } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { useNow } from '../state/now.ts';
import { formatCount, formatDuration, formatMoney } from '../texts/format.ts';
import { formatSum } from '../texts/format-sum.ts';
import { useLanguage, useMessageOf, useTexts } from '../texts/use-texts.ts';
import { AdditionStatus } from '../video-index/addition-status.tsx';
import { hasView } from '../views.tsx';
import { budgetShare, troubleOf, workOf, type Summary, type Work } from './work.ts';
import './status-bar.css';

/** At the lower edge: what goes on, how fast and how long, who does not answer, and what was spent. */
export function StatusBar() {
  const { data: summary } = useQueryOf('library.summary', {}, { keepsPrevious: true });
  return summary === undefined ? null : <Parts summary={summary} />;
}

function Parts({ summary }: { readonly summary: Summary }) {
  const work = workOf(summary);
  const isRunning = useLinkState().kind === 'running';
  // What it was busy with when it stopped is no longer true.
  if (!isRunning) return <StoppedText />;
  return (
    <>
      <PauseButton work={work} />
      <WorkText summary={summary} work={work} />
      <AdditionStatus />
      <Trouble summary={summary} />
      <Spend summary={summary} />
    </>
  );
}

function StoppedText() {
  const texts = useTexts();
  return <output className="status-part">{texts.status.stopped}</output>;
}

/** Holds back what costs, and lets it go on; nothing is shown while nothing of it is there. */
function PauseButton({ work }: { readonly work: Work }) {
  const texts = useTexts();
  const { call: pause } = useCallOf('queue.pause');
  const { call: resume } = useCallOf('queue.resume');
  const isPaused = work.kind === 'paused';
  const isThere = isPaused || work.kind === 'describing';
  const toggle = useCallback(() => {
    void (isPaused ? resume({}) : pause({}));
  }, [isPaused, pause, resume]);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'queue.toggle',
        group: 'queue',
        title: ({ status }) => (isPaused ? status.resume : status.pause),
        icon: isPaused ? CirclePlay : CirclePause,
        keys: ['mod+shift+p'],
        when: () => isThere,
        run: toggle,
      },
    ],
    [isPaused, isThere, toggle],
  );
  useCommands(commands);
  if (!isThere) return null;
  return (
    <IconButton
      icon={isPaused ? CirclePlay : CirclePause}
      label={isPaused ? texts.status.resume : texts.status.pause}
      keys="mod+shift+p"
      onClick={toggle}
    />
  );
}

function WorkText({ summary, work }: { readonly summary: Summary; readonly work: Work }) {
  const texts = useTexts();
  const language = useLanguage();
  const text = textOf(work, summary);
  // Said aloud when one kind of work gives way to another, not with every number.
  return (
    <>
      <output className="only-read">{texts.status.kinds[work.kind]}</output>
      {work.kind !== 'idle' && hasView('runs') ? (
        <a className="status-part" href={formatRoute({ view: 'runs', runId: null })} title={text}>
          <span className="status-text">{text}</span>
        </a>
      ) : (
        <span className="status-part">
          <span className="status-text">{text}</span>
        </span>
      )}
    </>
  );

  function textOf(what: Work, { photos, described, baseline }: Summary): string {
    switch (what.kind) {
      case 'describing': {
        const parts = [texts.status.describing(what.photosLeft)];
        if (what.pace !== null) {
          parts.push(texts.status.perMinute(formatCount(Math.round(what.pace.photosPerMinute), language)));
          if (what.pace.msLeft !== null) {
            parts.push(texts.status.timeLeft(formatDuration(what.pace.msLeft, language)));
          }
        }
        return parts.join(' · ');
      }
      case 'paused':
        return texts.status.paused(what.photosLeft);
      case 'scanning':
        return texts.status.scanning(what.files);
      case 'reading':
        return texts.status.reading(what.files);
      case 'thumbnails':
        return texts.status.thumbnails(what.photos);
      case 'overnight':
        return texts.status.overnight(what.photos);
      case 'idle':
        // Who has no model yet is told of what they have.
        return described === 0 && baseline > 0
          ? texts.status.idleBuiltIn(texts.common.photos(photos), baseline)
          : texts.status.idle(texts.common.photos(photos), described);
    }
  }
}

function Trouble({ summary }: { readonly summary: Summary }) {
  const texts = useTexts();
  const language = useLanguage();
  const messageOf = useMessageOf();
  const trouble = troubleOf(summary);
  const nowMs = useNow(trouble !== undefined && trouble.restsUntilMs !== null);
  if (trouble === undefined) return null;
  const { name, state, error, restsUntilMs } = trouble;
  const left = restsUntilMs === null ? null : Math.max(0, restsUntilMs - nowMs);
  const what = state === 'ready' ? texts.status.rests(name) : texts.status[state](name);
  const when = left === null ? '' : ` ${texts.status.again(formatDuration(left, language))}`;
  return (
    <a
      className={state === 'blocked' ? 'status-part status-trouble' : 'status-part'}
      href={formatRoute({ view: 'settings', section: 'connections' })}
      title={error === null ? undefined : messageOf(error)}
    >
      {state === 'blocked' && <TriangleAlert aria-hidden size="1.1em" />}
      <span className="status-text">
        {what}
        {when}
      </span>
    </a>
  );
}

function Spend({ summary }: { readonly summary: Summary }) {
  const texts = useTexts();
  const language = useLanguage();
  const { monthlyBudgetMicroUsd } = summary;
  const sum = (microUsd: number, unpriced: number): string =>
    formatSum({ microUsd, unpriced }, texts, language);
  const today = sum(summary.spentTodayMicroUsd, summary.unpricedToday);
  const thisMonth = sum(summary.spentThisMonthMicroUsd, summary.unpricedThisMonth);
  const share = budgetShare(summary);
  const month =
    monthlyBudgetMicroUsd === null
      ? texts.status.spentMonth(thisMonth)
      : texts.status.spentOfBudget(thisMonth, formatMoney(monthlyBudgetMicroUsd, language));
  return (
    <a className="status-part status-spend" href={formatRoute({ view: 'settings', section: 'usage' })}>
      <span>{texts.status.spentToday(today)}</span>
      <span>{month}</span>
      {share !== undefined && (
        <meter
          className="status-budget"
          aria-label={texts.status.budget}
          value={share}
          min={0}
          max={1}
          high={0.8}
          optimum={0}
        />
      )}
    </a>
  );
}
