import { Ban, Check, MessageCircleQuestion, Sparkles, X } from 'lucide-react';
import { Button, IconButton } from '../design/components/button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { markReviewed, setExcluded } from '../edits/edit-photos.ts';
import { clearSelection } from './grid-state.ts';
import type { SelectedPhotos } from './selected-photos.ts';
import './bulk-bar.css';

type BulkBarProps = {
  readonly selected: SelectedPhotos;
  readonly onDescribe: (how: 'new') => void;
  readonly onAsk: () => void;
};

/** What can be done with the photos that are selected. Lies over the lower edge of the grid. */
export function BulkBar({ selected, onDescribe, onAsk }: BulkBarProps) {
  const texts = useTexts();
  const { count, named, few, areExcluded } = selected;
  return (
    <div className="bulk-bar" role="toolbar" aria-label={texts.library.bulkBar}>
      <span className="bulk-bar-count" role="status">
        {texts.library.selected(count)}
      </span>
      {named === undefined ? (
        <span className="bulk-bar-note">{texts.library.tooManyPicked}</span>
      ) : (
        <>
          <Button
            kind="primary"
            icon={Sparkles}
            onClick={() => {
              onDescribe('new');
            }}
          >
            {texts.library.describe}
          </Button>
          {few.length > 0 && (
            <Button icon={MessageCircleQuestion} onClick={onAsk}>
              {texts.library.ask}
            </Button>
          )}
          <Button icon={Check} onClick={() => void markReviewed(named)}>
            {texts.library.markReviewed}
          </Button>
          <Button icon={Ban} onClick={() => void setExcluded(named, !areExcluded)}>
            {areExcluded ? texts.library.include : texts.library.exclude}
          </Button>
        </>
      )}
      <IconButton icon={X} label={texts.library.clearSelection} keys="Escape" onClick={clearSelection} />
    </div>
  );
}
