import { formatTime } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import type { RunProgress } from './run-figures.ts';

/** What a run waits for that goes overnight: where its photos are, since when, and when its day is over. */
export function BatchLine({ batch }: { readonly batch: NonNullable<RunProgress['batch']> }) {
  const { runs } = useTexts();
  const language = useLanguage();
  const { state, photos, done, sinceMs, latestMs } = batch;
  if (state !== 'at-service') return <p className="run-batch">{runs.batch[state](photos)}</p>;
  const since = sinceMs === null ? null : formatTime(sinceMs, 'full', language);
  return (
    <p className="run-batch">
      {runs.batch.atService(photos, done, since)}
      {latestMs !== null && `, ${runs.batch.latest(formatTime(latestMs, 'full', language))}`}
    </p>
  );
}
