import type { Detail, DetailChoice } from '../contract/models/detail.ts';
import { someText, type TextMeasure } from '../imaging/text-amount.ts';

export const noText: TextMeasure = { amount: 0, finest: null };

/** A page, a screen, a poster: small print is likely. */
const muchText = 2_000;
/** Where nothing is finer, letters are eight pixels high within 512 or more. In tenths, as `TextMeasure` has them. */
const largeLetters = 112;

/** A model is shown no more than this of a photo without text: what it sees at `low`, also where a model has no `low`. */
const plainBoxPx = 512;
/**
 * Letters of an eightieth are nine pixels high there. A picture of 4:3 or longer is two tiles then, where more takes four
 * (AZURE §2.1).
 */
const signBoxPx = 683;
/** Small letters that are a hundred-and-fifth of the picture's longer side are nine pixels high there, and can be read. */
const textBoxPx = 960;
/** As above, for small print: a hundred-and-fortieth. */
const pageBoxPx = 1_280;

export type ChosenDetail = {
  readonly detail: Detail;
  /** The picture is made to fit into a square of this size first. */
  readonly boxPx: number;
};

/**
 * What `auto` means for one photo; it is never sent as such (AZURE §2.2, cost trap). A photo that was not measured yet is
 * taken at its most. The numbers behind it: `app/decisions/0026-auto-detail-by-measure.md` and
 * `0167-large-letters-take-fewer-pixels.md`.
 *
 * @param text `null` = not measured yet
 */
export function chooseDetail(choice: DetailChoice, text: TextMeasure | null): ChosenDetail {
  if (choice !== 'auto') return { detail: choice, boxPx: Infinity };
  if (text === null) return { detail: 'high', boxPx: Infinity };
  if (text.amount < someText) return { detail: 'low', boxPx: plainBoxPx };
  if (text.amount >= muchText) return { detail: 'high', boxPx: pageBoxPx };
  const isLarge = text.finest !== null && text.finest <= largeLetters;
  return { detail: 'high', boxPx: isLarge ? signBoxPx : textBoxPx };
}
