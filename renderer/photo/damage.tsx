import { Captions } from 'lucide-react';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Photo } from './photo.ts';

/** What is wrong with a photo's file. Of a damaged one that can be read in part: whether it is described all the same. */
export function Damage({ photo: { id, error, damage } }: { readonly photo: Photo }) {
  const texts = useTexts();
  const accept = useCallOf('asset.acceptDamage');
  if (damage === 'accepted') return <Banner>{texts.photo.damageAccepted}</Banner>;
  if (error === null) return null;
  if (damage !== 'partial') return <ErrorBanner error={error} />;
  const describe = async (): Promise<void> => {
    const accepted = await accept.call({ photos: { assetIds: [id] } });
    if (accepted !== undefined) showToast(texts.photo.willBeDescribed);
  };
  return (
    <>
      <ErrorBanner error={error} />
      <Banner
        actions={
          <Button icon={Captions} disabled={accept.isCalling} onClick={() => void describe()}>
            {texts.photo.describeAnyway}
          </Button>
        }
      >
        {texts.photo.damagePartial}
      </Banner>
      {accept.error !== null && <ErrorBanner error={accept.error} />}
    </>
  );
}
