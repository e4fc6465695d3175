import type { AssetId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import { webFolderOf } from '../library/web-folder.ts';
import { listWebAddresses, type ReadDb } from '../library/web-picture-store.ts';
import { isPublicPicture, takesAddresses } from '../providers/web/takes-addresses.ts';

/**
 * Of how many of these pictures a service could be told the address. Whether it is told is decided for each when it is sent:
 * [Note: Addresses passed on].
 */
export function countAddresses(
  { read, libraryFolder }: { readonly read: ReadDb; readonly libraryFolder: string },
  connection: Connection,
  assetIds: readonly AssetId[],
): number {
  if (!takesAddresses(connection)) return 0;
  const fetched = listWebAddresses(read, webFolderOf(libraryFolder));
  const known = new Set(fetched.flatMap(({ assetId, address }) => (isPublicPicture(address) ? assetId : [])));
  return known.size === 0 ? 0 : assetIds.filter((id) => known.has(id)).length;
}
