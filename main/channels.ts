import type { AssetId } from '../app/contract/ids.ts';
import type { Look, MenuCommand } from '../app/contract/desktop.ts';

/**
 * All that crosses between a page's preload script and the main process; nothing else does. `port` numbers the ways of one
 * page, from 1.
 */

/** Page → main, without an answer. */
export type PageSays = {
  'port:open': { readonly port: number };
  'port:text': { readonly port: number; readonly text: string };
  'port:close': { readonly port: number };
  'menu:set': readonly MenuCommand[];
  'look:set': Look;
};

/** Page → main, with an answer. */
export type PageAsks = {
  'folder:pick': { readonly ask: undefined; readonly answer: readonly string[] };
  'asset:reveal': { readonly ask: { readonly assetId: AssetId }; readonly answer: undefined };
};

/** Main → page. */
export type MainSays = {
  'port:text': { readonly port: number; readonly text: string };
  'port:closed': { readonly port: number };
  'menu:command': { readonly id: string };
};
