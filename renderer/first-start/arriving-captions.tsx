import { useEffect, useRef, useState } from 'react';
import type { AssetId, RunId } from '../../app/contract/ids.ts';
import { pictureUrl } from '../../app/contract/resource-url.ts';
import { Progress } from '../design/components/progress.tsx';
import { useEngineEvent, useQueryOf } from '../engine/hooks.ts';
import { formatRoute, libraryRoute } from '../routes.ts';
import { progressOf } from '../runs/run-figures.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Captions as they come, newest first; enough of them to judge by. */
const mostShown = 12;

export function ArrivingCaptions({ runId }: { readonly runId: RunId }) {
  const texts = useTexts();
  const section = useRef<HTMLElement>(null);
  // Below what most windows show: who began it wants to see it come.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'start' });
  }, []);
  const [arrived, setArrived] = useState<readonly AssetId[]>([]);
  const [seen, setSeen] = useState(0);
  const { data: run } = useQueryOf('run.get', { id: runId });
  useEngineEvent('asset.described', ({ assetId, runId: ofRun, failed }) => {
    if (ofRun !== runId || failed !== null) return;
    setSeen((count) => count + 1);
    setArrived((ids) => [assetId, ...ids.filter((id) => id !== assetId)].slice(0, mostShown));
  });
  const { data: photos } = useQueryOf(
    'asset.list',
    { assetIds: [...arrived] },
    { enabled: arrived.length > 0, keepsPrevious: true },
  );
  const byId = new Map(photos?.map((photo) => [photo.id, photo]));
  return (
    <section ref={section} className="first-step first-arriving" aria-label={texts.firstStart.arriving}>
      {run !== undefined && (
        <Progress
          label={texts.firstStart.arriving}
          // A caption is here before the run is counted anew. A copy of a photo shares one, and is none of the run's.
          done={Math.min(
            Math.max(progressOf(run).done + progressOf(run).failed, seen),
            progressOf(run).total,
          )}
          total={progressOf(run).total}
        />
      )}
      <ul className="arriving" aria-live="polite">
        {arrived.map((id) => {
          const photo = byId.get(id);
          return photo === undefined ? null : (
            <li key={id}>
              <a
                className="arriving-photo"
                href={formatRoute({ view: 'photo', assetId: id, query: '', sort: null })}
              >
                <img src={pictureUrl('thumbnail', id, 0)} alt="" loading="lazy" />
                <span>{photo.caption ?? photo.title ?? photo.path}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <div className="run-steps">
        <a className="button button-primary" href={formatRoute(libraryRoute)}>
          {texts.firstStart.toLibrary}
        </a>
        <a className="button button-plain" href={formatRoute({ view: 'runs', runId })}>
          {texts.firstStart.toRun}
        </a>
      </div>
    </section>
  );
}
