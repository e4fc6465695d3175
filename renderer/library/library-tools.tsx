import { Select } from '../design/components/select.tsx';
import { Slider } from '../design/components/slider.tsx';
import { gridSorts, type GridSort } from '../routes.ts';
import { setAppearance, useAppearance } from '../state/appearance.ts';
import { goTo } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';

export const rowHeights = { min: 80, max: 480, step: 20 };

/** The order and the size of the photos. */
export function LibraryTools({ query, sort }: { readonly query: string; readonly sort: GridSort }) {
  const texts = useTexts();
  const rowHeightPx = useAppearance((appearance) => appearance.rowHeightPx);
  const sorts = gridSorts.filter((known) => known !== 'relevance' || query !== '');
  return (
    <>
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
