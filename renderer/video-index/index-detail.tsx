import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../app/contract/ids.ts';
import { RemoveButton } from '../design/components/remove-button.tsx';
import { Tabs } from '../design/components/tabs.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { AddToIndex } from './add-to-index.tsx';
import { AdditionPanel } from './addition.tsx';
import { isOf, useAdditions } from './use-additions.ts';
import { useChosenVideos } from './chosen-videos.ts';
import { FindInIndex } from './find-in-index.tsx';
import { IndexDocuments } from './index-documents.tsx';
import type { VideoIndex } from './video-index.ts';

type IndexDetailProps = {
  readonly connectionId: ConnectionId;
  readonly index: VideoIndex;
  readonly onDeleted: () => Promise<void>;
};

/** One index: finding places in its videos, what is in it, and putting more into it. */
export function IndexDetail({ connectionId, index, onDeleted }: IndexDetailProps) {
  const { videoIndex } = useTexts();
  const names = new Intl.ListFormat(useLanguage(), { type: 'conjunction' });
  const hasChosen = useChosenVideos(({ chosen }) => chosen !== null);
  const [tab, setTab] = useState<'find' | 'videos' | 'add'>(hasChosen ? 'add' : 'find');
  const { call, isCalling, error } = useCallOf('videoIndex.delete');
  const which = { connectionId, index: index.name };
  const addition = useAdditions(connectionId).find((one) => isOf(one, index.name));
  const isAdding = addition !== undefined && addition.state !== 'done';
  const remove = async (): Promise<unknown> => {
    const deleted = await call(which);
    if (deleted !== undefined) await onDeleted();
    return deleted;
  };
  return (
    <section className="video-index-one" aria-label={index.name}>
      <header className="video-index-head">
        <h2 className="run-title">{index.name}</h2>
        <p className="setting-hint video-index-facts">
          {videoIndex.facts(
            names.format(index.features.map(featureName)),
            names.format(index.fields.map(({ name }) => name)),
          )}
        </p>
        <RemoveButton
          icon={Trash2}
          label={videoIndex.delete}
          title={videoIndex.deleteTitle(index.name)}
          agree={videoIndex.delete}
          isCalling={isCalling}
          error={error}
          onRemove={remove}
        >
          {videoIndex.deleteText}
        </RemoveButton>
      </header>
      {addition !== undefined && <AdditionPanel addition={addition} />}
      <Tabs
        label={index.name}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'find',
            label: videoIndex.find,
            content: <FindInIndex connectionId={connectionId} index={index} />,
          },
          {
            value: 'videos',
            label: videoIndex.videos,
            content: <IndexDocuments connectionId={connectionId} index={index} />,
          },
          {
            value: 'add',
            label: videoIndex.add,
            // One after the other: what is under way stands above.
            content: isAdding ? (
              <p className="setting-hint">{videoIndex.isAdding}</p>
            ) : (
              <AddToIndex connectionId={connectionId} index={index} />
            ),
          },
        ]}
      />
    </section>
  );

  function featureName(name: string): string {
    const known: Readonly<Record<string, string>> = videoIndex.features;
    return known[name] ?? name;
  }
}
