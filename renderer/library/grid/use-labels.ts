import { useMemo } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { toClock } from '../../photo/moments.ts';
import { formatTime } from '../../texts/format.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { msOfMinutes } from './calendar.ts';
import { signsOf } from './signs-of.ts';
import type { Listed } from './use-listed.ts';

/** What a screen reader says of photos: caption or file name, and when it was taken; the time alone until the rest is known. */
export function useLabels(
  order: GridOrder,
  indexes: readonly number[],
  listed: Listed,
): ReadonlyMap<number, string> {
  const language = useLanguage();
  const texts = useTexts();
  return useMemo(() => {
    const known = new Map(listed?.map((asset) => [Number(asset.id), asset]));
    return new Map(
      indexes.map((index) => {
        const id = order.ids[index] ?? 0;
        const time = formatTime(msOfMinutes(order.minutes[index] ?? 0), 'full', language, 'UTC');
        const asset = known.get(id);
        const name = asset?.caption ?? asset?.title ?? asset?.path.split(/[/\\]/).at(-1);
        const said = name === undefined ? texts.library.photoOf(time) : `${name}, ${time}`;
        // As the sign says it: whoever speaks to the page says what they see.
        const length = asset === undefined || asset.durationMs === null ? [] : [toClock(asset.durationMs)];
        const signs = signsOf(order.flags[index] ?? 0, asset !== undefined && asset.failure !== null, texts);
        return [id, [said, ...length, ...signs].join(', ')];
      }),
    );
  }, [listed, indexes, order, language, texts]);
}
