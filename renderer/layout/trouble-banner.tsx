import { Banner } from '../design/components/banner.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { formatRoute } from '../routes.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';

/** Photos wait for a connection that only a person can set right, such as one whose key was revoked: said in every view. */
export function TroubleBanner() {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const { data: summary } = useQueryOf('library.summary', {}, { keepsPrevious: true });
  const blocked = summary?.connections.find(({ state, error }) => state === 'blocked' && error !== null);
  if (
    summary === undefined ||
    blocked === undefined ||
    blocked.error === null ||
    summary.waiting.photos === 0
  ) {
    return null;
  }
  return (
    <div className="engine-banner">
      <Banner
        kind="problem"
        title={texts.status.blocked(blocked.name)}
        actions={
          <a className="button button-plain" href={formatRoute({ view: 'settings', section: 'connections' })}>
            {texts.status.openSettings}
          </a>
        }
      >
        {messageOf(blocked.error)}
      </Banner>
    </div>
  );
}
