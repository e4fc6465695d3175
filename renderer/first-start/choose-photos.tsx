import { FolderPlus, Sparkles } from 'lucide-react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import { useAddFolders } from '../folders/use-add-folders.ts';
import { useFolderChoice } from '../folders/use-folder-choice.tsx';
import { useTexts } from '../texts/use-texts.ts';

/** Folders of the person's own, or sample photos to see it work. What was added is read at once. */
export function ChoosePhotos() {
  const texts = useTexts();
  const { data: roots } = useQueryOf('root.list', {});
  const { data: summaries } = useQueryOf('root.summary', {});
  const adding = useAddFolders();
  const sample = useCallOf('root.sample');
  const scan = useCallOf('root.scan');
  const { choose, picker } = useFolderChoice(texts.folders.addTitle, (paths) => void adding.add(paths));
  const takeSamples = async (): Promise<void> => {
    const added = await sample.call({});
    if (added !== undefined) await scan.call({ rootIds: [added.rootId] });
  };
  const error = adding.error ?? sample.error ?? scan.error;
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      <ul className="first-folders">
        {roots?.map((root) => {
          const counts = summaries?.find(({ rootId }) => rootId === root.id);
          return (
            <li key={root.id} className="first-folder">
              <strong>{root.path}</strong>
              <span className="first-start-quiet">
                {counts === undefined
                  ? ''
                  : counts.scanningFiles === null
                    ? texts.common.photos(counts.photos)
                    : texts.status.scanning(counts.scanningFiles)}
              </span>
            </li>
          );
        })}
      </ul>
      <div className="run-steps">
        <Button kind={roots?.length === 0 ? 'primary' : 'plain'} icon={FolderPlus} onClick={choose}>
          {texts.folders.add}
        </Button>
        <Button
          icon={Sparkles}
          disabled={sample.isCalling || scan.isCalling}
          onClick={() => void takeSamples()}
        >
          {texts.firstStart.samples}
        </Button>
      </div>
      <p className="first-start-quiet">{texts.firstStart.photosNote}</p>
      {picker}
    </>
  );
}
