import { useState } from 'react';
import type { ConnectionId, RunId } from '../../app/contract/ids.ts';
import { useQueryOf } from '../engine/hooks.ts';
import { View } from '../layout/view.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { ArrivingCaptions } from './arriving-captions.tsx';
import { ChooseDescriber } from './choose-describer.tsx';
import { ChoosePhotos } from './choose-photos.tsx';
import { SeePlan } from './see-plan.tsx';
import './first-start-view.css';

/**
 * From nothing to the first captions in three steps on one page. Each step can be left and come back to: what was chosen is
 * in the library, and folders are read while the rest is decided.
 */
export function FirstStartView() {
  const texts = useTexts();
  const { data: summary } = useQueryOf('library.summary', {});
  const [connectionId, setConnectionId] = useState<ConnectionId | null>(null);
  const [runId, setRunId] = useState<RunId | null>(null);
  const hasPhotos = summary !== undefined && summary.photos > 0;
  return (
    <View title={texts.firstStart.title}>
      <div className="first-start">
        <header>
          <h2 className="first-start-title">{texts.firstStart.welcome}</h2>
          <p className="first-start-lead">{texts.firstStart.lead}</p>
        </header>
        <Step number={1} title={texts.firstStart.photosTitle}>
          <ChoosePhotos />
        </Step>
        <Step number={2} title={texts.firstStart.describerTitle}>
          <ChooseDescriber chosen={connectionId} onChoose={setConnectionId} />
        </Step>
        <Step number={3} title={texts.firstStart.planTitle}>
          {hasPhotos ? (
            <SeePlan connectionId={connectionId} hasTried={runId !== null} onStarted={setRunId} />
          ) : (
            <p className="first-start-quiet">
              {summary !== undefined && summary.scanning.length > 0
                ? texts.firstStart.stillLooking
                : texts.firstStart.noPhotosYet}
            </p>
          )}
        </Step>
        {runId !== null && <ArrivingCaptions key={runId} runId={runId} />}
      </div>
    </View>
  );
}

function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  return (
    <section className="first-step" aria-labelledby={`first-step-${String(number)}`}>
      <h3 className="first-step-title" id={`first-step-${String(number)}`}>
        <span className="first-step-number" aria-hidden>
          {number}
        </span>
        {title}
      </h3>
      <div className="first-step-content">{children}</div>
    </section>
  );
}
