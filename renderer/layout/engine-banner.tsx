import { useEffect, useState } from 'react';
import type { LinkState } from '../../app/contract/engine-link.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useLinkState } from '../engine/hooks.ts';
import { link } from '../engine/link.ts';
import { useNow } from '../state/now.ts';
import { currentTexts, useTexts } from '../texts/use-texts.ts';
import './engine-banner.css';

/** A start that is quicker than this is not worth a word. */
const patienceMs = 600;

/** Says above the view how the engine is when it is not simply running. The view stays as it was and can be looked at. */
export function EngineBanner() {
  const state = useLinkState();
  const isSettled = useIsOlderThan(state, patienceMs);
  useEffect(
    () =>
      link.onReconnected(() => {
        showToast(currentTexts().engine.back);
      }),
    [],
  );
  const isQuiet = state.kind === 'running' || (isStart(state) && !isSettled);
  return isQuiet ? null : (
    <div className="engine-banner">
      <StateBanner state={state} />
    </div>
  );
}

function isStart({ kind }: LinkState): boolean {
  return kind === 'connecting' || kind === 'starting';
}

function useIsOlderThan(value: unknown, ms: number): boolean {
  const [old, setOld] = useState<unknown>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setOld(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return old === value;
}

function StateBanner({ state }: { readonly state: LinkState }) {
  const texts = useTexts();
  const retryAtMs = 'retryAtMs' in state ? state.retryAtMs : null;
  const nowMs = useNow(retryAtMs !== null);
  const seconds = retryAtMs === null ? null : Math.max(0, Math.ceil((retryAtMs - nowMs) / 1000));
  switch (state.kind) {
    case 'running':
      return null;
    case 'connecting':
      return <Banner>{texts.engine.connecting}</Banner>;
    case 'starting':
      return <Banner>{texts.engine.starting}</Banner>;
    case 'restarting':
      return <Banner>{texts.engine.restarting(state.attempt)}</Banner>;
    case 'closing':
      return <Banner>{texts.engine.closing}</Banner>;
    case 'disconnected':
      return (
        <Banner kind="problem" actions={<RetryButton label={texts.engine.connectNow} />}>
          {seconds === null || seconds === 0
            ? texts.engine.disconnectedNow
            : texts.engine.disconnected(seconds)}
        </Banner>
      );
    case 'stopped':
      return (
        <ErrorBanner
          error={state.error}
          actions={
            <>
              {seconds !== null && seconds > 0 && <span>{texts.engine.retryAt(seconds)}</span>}
              <RetryButton label={texts.common.retry} />
            </>
          }
        />
      );
  }
}

function RetryButton({ label }: { readonly label: string }) {
  return (
    <Button
      onClick={() => {
        link.retry();
      }}
    >
      {label}
    </Button>
  );
}
