import { Images, SearchX } from 'lucide-react';
import { pictureUrl } from '../../app/contract/resource-url.ts';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { EmptyState } from '../design/components/empty-state.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { View } from '../layout/view.tsx';
import { libraryRoute } from '../routes.ts';
import { goTo, useRoute } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import './library-view.css';

/** The photos of the library, or those that a query finds. */
export function LibraryView() {
  const texts = useTexts();
  const route = useRoute();
  const query = 'query' in route ? route.query : '';
  const { data, error } = useQueryOf(
    'search.query',
    { query, limit: 200, sort: 'newest' },
    { keepsPrevious: true },
  );
  return (
    <View title={texts.library.title}>
      {error !== null && <ErrorBanner error={error} />}
      {data !== undefined && data.photos.length === 0 && <Nothing query={query} />}
      <ul className="library-photos">
        {data?.photos.map((photo) => (
          <li key={photo.id}>
            <img
              src={pictureUrl('thumbnail', photo.id, 0)}
              alt={photo.caption ?? photo.path}
              loading="lazy"
              decoding="async"
              height={160}
            />
          </li>
        ))}
      </ul>
    </View>
  );
}

function Nothing({ query }: { readonly query: string }) {
  const texts = useTexts();
  if (query === '') {
    return (
      <EmptyState icon={Images} title={texts.library.noFoldersTitle}>
        {texts.library.noFolders}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={texts.library.nothingFoundTitle}
      actions={
        <Button
          onClick={() => {
            goTo(libraryRoute);
          }}
        >
          {texts.library.showAll}
        </Button>
      }
    >
      {texts.library.nothingFound(query)}
    </EmptyState>
  );
}
