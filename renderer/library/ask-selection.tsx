import { X } from 'lucide-react';
import { pictureUrl } from '../../app/contract/resource-url.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import { AskPanel } from '../ask/ask-panel.tsx';
import { IconButton } from '../design/components/button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import type { SelectedPhoto } from './selected-photos.ts';

type AskSelectionProps = {
  /** In the order of the grid. */
  readonly photos: readonly SelectedPhoto[];
  readonly onClose: () => void;
};

function addressOf(id: number, version: number): string {
  return pictureUrl('thumbnail', id as AssetId, version); // why: ids of the grid's order are the engine's own
}

/** Beside the grid: one question about all photos that are selected. */
export function AskSelection({ photos, onClose }: AskSelectionProps) {
  const texts = useTexts();
  const assetIds = photos.map(({ id }) => id);
  return (
    <>
      <header className="ask-head">
        <h2 className="ask-title">{texts.ask.aboutPhotos(photos.length)}</h2>
        <IconButton icon={X} label={texts.ask.close} onClick={onClose} />
      </header>
      <AskPanel
        key={assetIds.join(' ')}
        assetIds={assetIds}
        pictures={new Map(photos.map(({ id, version }) => [id, addressOf(id, version)]))}
      />
    </>
  );
}
