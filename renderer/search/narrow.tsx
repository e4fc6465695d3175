import type { FacetField } from '../../app/contract/procedures/facet.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Count } from '../design/components/values.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { formatRoute, type GridSort } from '../routes.ts';
import { useTexts } from '../texts/use-texts.ts';

const fields: FacetField[] = ['keyword', 'place', 'camera', 'lens', 'rating', 'label', 'color', 'format'];
/** Of each field: more are found by typing. */
const mostValues = 8;

type NarrowProps = { readonly query: string; readonly sort: GridSort | null };

/** Beside the grid: what the photos that were found have in common, with how many; each narrows the search to those. */
export function Narrow({ query, sort }: NarrowProps) {
  const texts = useTexts();
  const { data, error } = useQueryOf(
    'facet.list',
    { query, fields, limit: mostValues },
    { keepsPrevious: true },
  );
  if (error !== null) return <ErrorBanner error={error} />;
  // What all of them have narrows nothing.
  const facets = data?.facets
    .map(({ field, values }) => ({ field, values: values.filter(({ count }) => count < data.total) }))
    .filter(({ values }) => values.length > 0);
  return (
    <section className="narrow" aria-label={texts.search.narrow}>
      {facets?.length === 0 && data !== undefined && data.total > 0 && (
        <p className="search-kind">{texts.search.nothingToNarrow}</p>
      )}
      {facets?.map(({ field, values }) => (
        <section key={field}>
          <h2 className="narrow-field">{texts.search.facets[field]}</h2>
          <ul>
            {values.map(({ value, count, query: filter }) => (
              <li key={value}>
                <a
                  className="narrow-value"
                  href={formatRoute({ view: 'library', query: `${query} ${filter}`, sort })}
                >
                  <span className="narrow-text">{value}</span>
                  <span className="search-kind">
                    <Count value={count} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
