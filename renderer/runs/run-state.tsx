import { useQueryOf } from '../engine/hooks.ts';
import { formatTime } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { phaseOf, type RunPhase, type RunProgress } from './run-figures.ts';

/** What a run does now, kept up to date with its connection. */
export function useRunPhase(run: RunProgress): RunPhase {
  const { data: summary } = useQueryOf('library.summary', {}, { keepsPrevious: true });
  return phaseOf(run, summary?.connections ?? []);
}

/** In words: `running`, `waits for you`, `waits until 14:05`. */
export function RunState({ phase }: { readonly phase: RunPhase }) {
  const texts = useTexts();
  const language = useLanguage();
  return phase.kind === 'rests'
    ? texts.runs.restsUntil(formatTime(phase.untilMs, 'time', language))
    : texts.runs.states[phase.kind];
}
