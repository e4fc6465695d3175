import { FolderSearch, Images, SearchX } from 'lucide-react';
import { Button } from '../design/components/button.tsx';
import { EmptyState } from '../design/components/empty-state.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { libraryRoute } from '../routes.ts';
import { SearchHelp } from '../search/search-help.tsx';
import { goTo } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';

/** In place of a grid without photos: why there are none, and what to do. */
export function EmptyLibrary({ query }: { readonly query: string }) {
  const texts = useTexts();
  const { data: summary } = useQueryOf('library.summary', {});
  const files = summary?.scanning.reduce((sum, scan) => sum + scan.files, 0);
  if (query !== '') {
    return (
      <EmptyState
        icon={SearchX}
        title={texts.library.nothingFoundTitle}
        actions={
          <>
            <SearchHelp query={query} sort={null} />
            <Button
              onClick={() => {
                goTo(libraryRoute);
              }}
            >
              {texts.library.showAll}
            </Button>
          </>
        }
      >
        {texts.library.nothingFound(query)}
      </EmptyState>
    );
  }
  if (summary !== undefined && files !== undefined && summary.scanning.length > 0) {
    return (
      <EmptyState icon={FolderSearch} title={texts.library.readingTitle}>
        {texts.library.reading(files)}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Images}
      title={texts.library.noFoldersTitle}
      actions={
        <Button
          kind="primary"
          onClick={() => {
            goTo({ view: 'first-start' });
          }}
        >
          {texts.library.setUp}
        </Button>
      }
    >
      {texts.library.noFolders}
    </EmptyState>
  );
}
