import type { GridOrder } from '../../app/contract/grid-order.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { toClock } from '../photo/moments.ts';
import { fileNameOf } from '../photo/photo.ts';
import { formatRoute, type GridSort } from '../routes.ts';
import { useTexts } from '../texts/use-texts.ts';
import { piecesOf } from './query-text.ts';

/** As many as anybody reads. */
const most = 50;

type ReasonsProps = {
  readonly query: string;
  readonly asYouType: boolean;
  readonly sort: GridSort | null;
  /** What the grid shows, in whichever order. */
  readonly order: GridOrder | undefined;
};

/** Beside the grid: why each photo was found, with the words that matched. */
export function Reasons({ query, asYouType, sort, order }: ReasonsProps) {
  const texts = useTexts();
  const assetIds = [...(order?.ids.subarray(0, most) ?? [])] as AssetId[]; // why: ids of the grid's order are the engine's own
  const { data, error } = useQueryOf(
    'search.explain',
    { query, asYouType, assetIds },
    { enabled: order !== undefined, keepsPrevious: true },
  );
  if (error !== null) return <ErrorBanner error={error} />;
  return (
    <section className="reasons" aria-label={texts.search.why}>
      {data !== undefined && data.otherWords.length > 0 && (
        <p className="search-kind">
          {texts.search.alsoFound([...new Set(data.otherWords.map(({ word }) => word))].join(', '))}
        </p>
      )}
      {data?.leavesOutOthers === true && <p className="search-kind">{texts.search.leavesOutOthers}</p>}
      <ol className="reasons-list">
        {data?.photos.map((photo) => (
          <li key={photo.id} className="reasons-photo">
            <a href={formatRoute({ view: 'photo', assetId: photo.id, query, sort })}>
              {fileNameOf(photo.path)}
            </a>
            {photo.snippet !== null && (
              <p>
                {piecesOf(photo.snippet).map(({ text, isMatch }, index) => {
                  const key = `${String(index)} ${text}`;
                  return isMatch ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
                })}
              </p>
            )}
            <ul>
              {photo.matches.map(({ field, by, asked, found, momentMs }) => (
                <li key={`${field} ${asked} ${found}`} className="search-kind">
                  {texts.search.reason(
                    momentMs === undefined
                      ? texts.search.fields[field]
                      : `${texts.search.fields[field]} ${toClock(momentMs)}`,
                    found,
                  )}
                  {by !== 'word' && ` (${texts.search.by[by](asked)})`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}
