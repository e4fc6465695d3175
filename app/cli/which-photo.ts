import { assetId, type AssetId } from '../contract/ids.ts';
import { toAbsolute, type CommandContext } from './context.ts';

/** A number is an id, as `search` shows it; a file that is called like a number has a folder or an ending. */
export function whichPhoto(context: CommandContext, photo: string): { id: AssetId } | { path: string } {
  return /^#?\d+$/.test(photo)
    ? { id: assetId.parse(Number(photo.replace('#', ''))) }
    : { path: toAbsolute(context, photo) };
}
