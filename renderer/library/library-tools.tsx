import { Layers } from 'lucide-react';
import { IconButton } from '../design/components/button.tsx';
import { Select } from '../design/components/select.tsx';
import { Slider } from '../design/components/slider.tsx';
import { gridSorts, type GridSort } from '../routes.ts';
import { setAppearance, useAppearance } from '../state/appearance.ts';
import { goTo } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { setAllFolded, useGridState } from './grid-state.ts';

export const rowHeights = { min: 80, max: 480, step: 20 };

type LibraryToolsProps = {
  readonly query: string;
  readonly sort: GridSort;
  /** Some of the photos belong together. */
  readonly hasGroups: boolean;
};

/** The order and the size of the photos, and whether those that belong together are folded. */
export function LibraryTools({ query, sort, hasGroups }: LibraryToolsProps) {
  const texts = useTexts();
  const { isFolded } = useGridState((state) => state.folding);
  const rowHeightPx = useAppearance((appearance) => appearance.rowHeightPx);
  const sorts = gridSorts.filter((known) => known !== 'relevance' || query !== '');
  return (
    <>
      {hasGroups && (
        <IconButton
          icon={Layers}
          label={texts.library.foldGroups}
          keys="shift+b"
          isPressed={isFolded}
          onClick={() => {
            setAllFolded(!isFolded);
          }}
        />
      )}
      <Select
        isQuiet
        label={texts.library.sort}
        value={sort}
        options={sorts.map((value) => ({ value, label: texts.library.sorts[value] }))}
        onChange={(value) => {
          goTo({ view: 'library', query, sort: value });
        }}
      />
      <Slider
        label={texts.library.size}
        {...rowHeights}
        value={rowHeightPx}
        valueText={(value) => `${String(value)} px`}
        onChange={(value) => {
          setAppearance({ rowHeightPx: value });
        }}
      />
    </>
  );
}
