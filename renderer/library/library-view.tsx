import { useCallback, useEffect, useMemo, useState } from 'react';
import { wishToAsk } from '../ask/focus-question.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { ContextMenu } from '../design/components/menu.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { View } from '../layout/view.tsx';
import { useTyped } from '../search/draft.ts';
import { Reasons } from '../search/reasons.tsx';
import { Narrow } from '../search/narrow.tsx';
import { SearchBar, type SearchPanel } from '../search/search-bar.tsx';
import { SearchField } from '../search/search-field.tsx';
import { useAppearance } from '../state/appearance.ts';
import { goTo, useRoute } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AskSelection } from './ask-selection.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { DescribeDialog } from './describe-dialog.tsx';
import { EmptyLibrary } from './empty-library.tsx';
import { clearSelection, selectIn, setGridState, useGridState } from './grid-state.ts';
import { foldOrder, hasGroups } from './grid/fold.ts';
import { PhotoGrid } from './grid/photo-grid.tsx';
import { LibraryTools } from './library-tools.tsx';
import { selectedPhotosOf } from './selected-photos.ts';
import { everythingSelected } from './selection.ts';
import { useGridOrder } from './use-grid-order.ts';
import { useLibraryCommands } from './use-library-commands.ts';
import { usualSort } from './usual-sort.ts';
import './library-view.css';

/** The photos of the library, or those that a query finds. */
export function LibraryView() {
  const texts = useTexts();
  const route = useRoute();
  const addressQuery = 'query' in route ? route.query : '';
  const { draft, shown, text } = useTyped(addressQuery);
  const { query, asYouType } = shown;
  const sort = ('sort' in route ? route.sort : null) ?? usualSort(query);
  const rowHeightPx = useAppearance((appearance) => appearance.rowHeightPx);
  const textScale = useAppearance((appearance) => appearance.textScale) / 100;
  const { grid, isOld, error } = useGridOrder(query, sort, {
    asYouType,
    begins: draft === undefined ? 'at-start' : 'always',
  });
  const { data: roots = [] } = useQueryOf('root.list', {});
  const selection = useGridState((state) => state.selection);
  useEffect(() => {
    selectIn(query);
  }, [query]);
  const selected = useMemo(
    () => (grid === undefined ? undefined : selectedPhotosOf(grid, selection)),
    [grid, selection],
  );
  const folding = useGridState((state) => state.folding);
  const folded = useMemo(
    () => (grid === undefined ? undefined : foldOrder(grid.order, folding)),
    [grid, folding],
  );
  const [describing, setDescribing] = useState<'new' | 'again'>();
  const [beside, setBeside] = useState<SearchPanel | 'ask'>();
  const chosenSort = 'sort' in route ? route.sort : null;
  const ask = useCallback(() => {
    setBeside('ask');
    wishToAsk();
  }, []);
  const open = useCallback(
    (id: number) => {
      goTo({ view: 'photo', assetId: id, query, sort: 'sort' in route ? route.sort : null });
    },
    [query, route],
  );
  const { data: connections } = useQueryOf('connection.list', {});
  const hasVideoIndex = connections?.some(({ kind }) => kind === 'azure-vision') === true;
  const menus = useLibraryCommands({ grid, selected, describe: setDescribing, ask, hasVideoIndex, open });
  const isAllAway = roots.length > 0 && roots.every(({ state }) => state === 'offline');
  const named = selected?.named;
  const stopDescribing = (): void => {
    setDescribing(undefined);
  };
  const inspector =
    beside === 'ask' && selected !== undefined && selected.few.length > 0 ? (
      <AskSelection
        photos={selected.few}
        onClose={() => {
          setBeside(undefined);
        }}
      />
    ) : beside === 'reasons' && query !== '' ? (
      <Reasons query={query} asYouType={asYouType} sort={chosenSort} order={grid?.order} />
    ) : beside === 'narrow' && query !== '' ? (
      <Narrow query={query} sort={chosenSort} />
    ) : undefined;
  return (
    <View
      title={query === '' ? texts.library.allPhotos : text}
      search={<SearchField query={addressQuery} sort={chosenSort} />}
      tools={<LibraryTools query={query} sort={sort} hasGroups={hasGroups(folded)} />}
      inspector={inspector}
    >
      {query !== '' && (
        <SearchBar
          query={query}
          sort={chosenSort}
          found={grid}
          isCounting={isOld || grid?.isWhole === false}
          beside={beside === 'ask' ? undefined : beside}
          onBeside={setBeside}
          onDescribe={
            grid?.isWhole === true && !isOld && !asYouType && grid.order.count > 0 && selected?.count === 0
              ? () => {
                  setGridState({ selection: everythingSelected });
                  setDescribing('new');
                }
              : undefined
          }
        />
      )}
      {error !== null && <ErrorBanner error={error} />}
      {isAllAway && <Banner>{texts.library.allAway}</Banner>}
      {grid?.notes.map((note) => (
        <Banner key={note}>{note}</Banner>
      ))}
      {grid === undefined && error === null && <p className="only-read">{texts.library.loading}</p>}
      {grid !== undefined && grid.order.count === 0 && <EmptyLibrary query={grid.query} />}
      {grid !== undefined && folded !== undefined && grid.order.count > 0 && (
        <ContextMenu groups={menus} className="library-grid">
          <PhotoGrid
            grid={folded}
            isOld={isOld}
            identity={`${grid.sort} ${grid.query}`}
            isByDate={grid.sort === 'newest' || grid.sort === 'oldest'}
            rowHeightPx={rowHeightPx}
            textScale={textScale}
            onOpen={open}
          />
        </ContextMenu>
      )}
      {selected !== undefined && selected.count > 0 && (
        <BulkBar selected={selected} onDescribe={setDescribing} onAsk={ask} />
      )}
      {describing !== undefined && named !== undefined && (
        <DescribeDialog
          photos={named}
          isAgain={describing === 'again'}
          onClose={stopDescribing}
          onStarted={() => {
            stopDescribing();
            clearSelection();
          }}
        />
      )}
    </View>
  );
}
