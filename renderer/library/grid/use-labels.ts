import { useMemo } from 'react';
import { gridFlags, ratingOf, type GridOrder } from '../../../app/contract/grid-order.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { useQueryOf } from '../../engine/hooks.ts';
import { formatDuration, formatTime } from '../../texts/format.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { msOfMinutes } from './calendar.ts';

/** What a screen reader says of photos: caption or file name, and when it was taken; the time alone until the rest is known. */
export function useLabels(order: GridOrder, indexes: readonly number[]): ReadonlyMap<number, string> {
  const language = useLanguage();
  const texts = useTexts();
  const assetIds = indexes.slice(0, 500).map((index) => order.ids[index] ?? 0);
  const { data } = useQueryOf(
    'asset.list',
    { assetIds },
    { enabled: assetIds.length > 0, keepsPrevious: true },
  );
  return useMemo(() => {
    const known = new Map(data?.map((asset) => [Number(asset.id), asset]));
    return new Map(
      indexes.map((index) => {
        const id = order.ids[index] ?? 0;
        const time = formatTime(msOfMinutes(order.minutes[index] ?? 0), 'full', language, 'UTC');
        const asset = known.get(id);
        const name = asset?.caption ?? asset?.title ?? asset?.path.split(/[/\\]/).at(-1);
        const said = name === undefined ? texts.library.photoOf(time) : `${name}, ${time}`;
        const length =
          asset === undefined || asset.durationMs === null
            ? []
            : [formatDuration(asset.durationMs, language)];
        return [id, [said, ...length, ...signsOf(order.flags[index] ?? 0, texts)].join(', ')];
      }),
    );
  }, [data, indexes, order, language, texts]);
}

/** What the signs on a photo say (`photo-badges.tsx`), for those who do not see them. */
function signsOf(flags: number, texts: Texts): readonly string[] {
  const { signs } = texts.library;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const rating = ratingOf(flags);
  return [
    ...(has(gridFlags.problem | gridFlags.unsupported) ? [signs.problem] : []),
    ...(has(gridFlags.away) ? [signs.away] : []),
    ...(has(gridFlags.excluded) ? [signs.excluded] : []),
    ...(has(gridFlags.video) ? [signs.video] : []),
    ...(has(gridFlags.burst) ? [signs.burst] : []),
    ...(has(gridFlags.raw) ? ['RAW'] : []),
    ...(rating > 0 ? [signs.rating(rating)] : []),
    ...(has(gridFlags.described) ? [signs.described] : []),
    ...(has(gridFlags.doubtful) ? [signs.doubtful] : []),
  ];
}
