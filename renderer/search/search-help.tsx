import { Button } from '../design/components/button.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import type { GridSort } from '../routes.ts';
import { goTo } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { withoutPart } from './query-text.ts';

/** Where nothing was found: each part of the query to be dropped. */
export function SearchHelp({ query, sort }: { readonly query: string; readonly sort: GridSort | null }) {
  const texts = useTexts();
  const { data } = useQueryOf('search.parse', { query });
  const parts = data?.parts ?? [];
  if (parts.length < 2) return null;
  return parts.map((part) => (
    <Button
      key={part.start}
      onClick={() => {
        goTo({ view: 'library', query: withoutPart(query, part), sort });
      }}
    >
      {texts.search.without(query.slice(part.start, part.end))}
    </Button>
  ));
}
