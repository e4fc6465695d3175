import { FolderPlus, FolderSearch, Images, SearchX } from 'lucide-react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { EmptyState } from '../design/components/empty-state.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useAddFolders } from '../folders/use-add-folders.ts';
import { useFolderChoice } from '../folders/use-folder-choice.tsx';
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
  return <NoFolders />;
}

/** The first folder can be added here as well as in the first three steps. */
function NoFolders() {
  const texts = useTexts();
  const { add, isAdding, error } = useAddFolders();
  const { choose, picker } = useFolderChoice(texts.folders.addTitle, (paths) => void add(paths));
  return (
    <>
      {error !== null && <ErrorBanner error={error} />}
      <EmptyState
        icon={Images}
        title={texts.library.noFoldersTitle}
        actions={
          <>
            <Button icon={FolderPlus} disabled={isAdding} onClick={choose}>
              {texts.folders.add}
            </Button>
            <Button
              kind="primary"
              onClick={() => {
                goTo({ view: 'first-start' });
              }}
            >
              {texts.library.setUp}
            </Button>
          </>
        }
      >
        {texts.library.noFolders}
      </EmptyState>
      {picker}
    </>
  );
}
