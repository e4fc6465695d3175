import { Captions, RotateCcw } from 'lucide-react';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Photo } from './photo.ts';

/**
 * What is wrong with a photo's file, or went wrong when it was described. Of a damaged one that can be read in part: whether it is
 * described all the same.
 */
export function Damage({ photo }: { readonly photo: Photo }) {
  const { id, error, damage } = photo;
  const texts = useTexts();
  const accept = useCallOf('asset.acceptDamage');
  if (damage === 'accepted' && photo.failure === null) return <Banner>{texts.photo.damageAccepted}</Banner>;
  if (error === null || damage !== 'partial') return <WhatFailed photo={photo} />;
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

function WhatFailed({ photo: { id, error, failure } }: { readonly photo: Photo }) {
  const problem = error ?? failure?.error;
  return problem === undefined ? null : <Failed id={id} error={problem} canRetry={failure !== null} />;
}

type FailedProps = {
  readonly id: Photo['id'];
  readonly error: ErrorInfo;
  readonly canRetry: boolean;
};

/** What failed for a photo or video, with a button that tries it once more. */
export function Failed({ id, error, canRetry }: FailedProps) {
  const texts = useTexts();
  const retry = useCallOf('queue.retry');
  const tryAgain = async (): Promise<void> => {
    const retried = await retry.call({ photos: { assetIds: [id] } });
    if (retried !== undefined && retried.photos > 0) showToast(texts.runs.retrying(retried.photos));
  };
  const button = (
    <Button icon={RotateCcw} disabled={retry.isCalling} onClick={() => void tryAgain()}>
      {texts.common.retry}
    </Button>
  );
  return (
    <>
      <ErrorBanner error={error} {...(canRetry && { actions: button })} />
      {retry.error !== null && <ErrorBanner error={retry.error} />}
    </>
  );
}
