import { RotateCcw } from 'lucide-react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import type { RunProgress } from './run-figures.ts';

/** What failed, by reason: one sentence, how many photos, one button to try them again. */
export function FailureList({ run }: { readonly run: RunProgress }) {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const { call, isCalling, error } = useCallOf('queue.retry');
  if (run.failures.length === 0) return null;
  const retry = async (code?: string): Promise<void> => {
    const retried = await call({ runId: run.id, ...(code === undefined ? {} : { code }) });
    if (retried !== undefined) showToast(texts.runs.retrying(retried.photos));
  };
  return (
    <section>
      <h3 className="run-heading">{texts.runs.failures}</h3>
      {error !== null && <ErrorBanner error={error} />}
      <ul className="run-failures">
        {run.failures.map((group) => (
          <li key={group.error.code} className="run-failure">
            <span className="run-failure-text">
              <strong>{texts.common.photos(group.photos)}</strong> {messageOf(group.error)}
            </span>
            <Button icon={RotateCcw} disabled={isCalling} onClick={() => void retry(group.error.code)}>
              {texts.common.retry}
            </Button>
          </li>
        ))}
      </ul>
      {run.failures.length > 1 && (
        <div className="run-retry-all">
          <Button icon={RotateCcw} disabled={isCalling} onClick={() => void retry()}>
            {texts.runs.retryAll}
          </Button>
        </div>
      )}
    </section>
  );
}
