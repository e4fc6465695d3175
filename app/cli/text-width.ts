import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import type stringWidth from 'string-width';

/**
 * What takes one column each, alone and beside one another: Latin letters, usual punctuation, arrows, lines and blocks, our
 * check marks. None of it joins with what is next to it, and none is drawn as an emoji without being asked for.
 */
const oneColumnEach =
  /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u21FF\u2500-\u259F\u2713\u2717]*$/;

let measure: typeof stringWidth | undefined;

/**
 * Columns that a text takes on a terminal; styled text counts as what is seen. The package that knows all scripts
 * reads its tables of emoji for a tenth of the time of a short command, so it is loaded when a text needs it.
 */
export function widthOf(text: string): number {
  const seen = stripVTControlCharacters(text);
  if (oneColumnEach.test(seen)) return seen.length;
  measure ??= load();
  return measure(seen);
}

function load(): typeof stringWidth {
  const require = createRequire(import.meta.url);
  return (require('string-width') as { default: typeof stringWidth }).default; // why: its own type
}
