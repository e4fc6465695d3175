import { Pencil } from 'lucide-react';
import type { Doubt } from '../../app/contract/models/description.ts';
import { Banner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import type { Photo } from './photo.ts';

/** What of a model's answer may be wrong and why, until a person has accepted it, as above it, or changed it. */
export function Doubts({ photo, onCorrect }: { readonly photo: Photo; readonly onCorrect: () => void }) {
  const texts = useTexts();
  const doubts = doubtsOf(photo);
  if (doubts.length === 0) return null;
  const keywords = photo.description?.keywords.length ?? 0;
  return (
    <Banner
      title={texts.photo.doubtsTitle}
      actions={
        <Button icon={Pencil} onClick={onCorrect}>
          {texts.photo.correct}
        </Button>
      }
    >
      {doubts.map((doubt) => (
        <span key={doubt} className="photo-doubt">
          {doubt === 'few-keywords'
            ? texts.photo.doubts['few-keywords'](keywords)
            : texts.photo.doubts[doubt]}
        </span>
      ))}
    </Banner>
  );
}

/** As `is:doubtful` has it: of what the model said last, while nobody has looked at it. */
function doubtsOf({ description, history }: Photo): readonly Doubt[] {
  if (description?.reviewState !== 'draft') return [];
  return history.find(({ owner, live }) => owner === 'model' && live)?.doubts ?? [];
}
