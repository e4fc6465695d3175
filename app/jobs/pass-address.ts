import type { Connection } from '../contract/models/connection.ts';
import type { AssetId } from '../contract/ids.ts';
import { countImageTokens, type PixelSize, type PlannedSize } from '../imaging/image-size.ts';
import type { SizeRule } from '../imaging/size-rules.ts';
import { findFetchedFile, type ReadDb } from '../library/web-picture-store.ts';
import { webFolderOf } from '../library/web-folder.ts';
import type { Picture, ProviderOutcome } from '../providers/provider.ts';
import { isPublicPicture, takesAddresses } from '../providers/web/takes-addresses.ts';

type Context = { readonly read: ReadDb; readonly libraryFolder: string };

/** What every service takes as it is (AZURE §1.4): the others are rendered by us. */
const formats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);
const mostBytes = 20 * 1024 * 1024;

export type Passed = {
  readonly connection: Connection;
  readonly assetId: AssetId;
  /** Of the whole picture. */
  readonly size: PixelSize;
  readonly sizeRule: SizeRule;
  /** What was planned for it. */
  readonly planned: PlannedSize;
};

/**
 * [Note: Addresses passed on]
 * Where a person says so, a service is told where a picture is instead of being sent it. We have fetched and measured it all the
 * same: plan and budget are made of its pixels, and its address goes out only where the service will count for the original what
 * was planned for our smaller picture. What is turned, animated, too large, in another format or at an address that is not
 * everybody's is sent. So is a picture that the service could not fetch: that refusal costs nothing.
 */
export function withAddress(context: Context, picture: Picture, passed: Passed): Picture {
  const address = addressFor(context, passed);
  return address === undefined ? picture : { ...picture, address };
}

function addressFor(
  { read, libraryFolder }: Context,
  { connection, assetId, size, sizeRule, planned }: Passed,
): string | undefined {
  if (!takesAddresses(connection)) return undefined;
  const file = findFetchedFile(read, assetId, webFolderOf(libraryFolder));
  if (file === undefined || !isPublicPicture(file.address)) return undefined;
  const isAsItIs =
    formats.has(file.format ?? '') &&
    (file.orientation ?? 1) === 1 &&
    (file.frameCount ?? 1) === 1 &&
    file.sizeBytes < mostBytes;
  if (!isAsItIs) return undefined;
  // Image Analysis counts features, whatever the size, and takes no more than this many pixels (AZURE §5.2).
  if (connection.kind === 'azure-vision') {
    return [size.widthPx, size.heightPx].every((px) => px > 50 && px < 16_000) ? file.address : undefined;
  }
  return countImageTokens(size, sizeRule, planned.detail) === planned.imageTokens ? file.address : undefined;
}

/** The service could not use what it was to fetch: it is worth another try with the bytes. */
export function isUnfetched(outcome: ProviderOutcome, pictures: readonly Picture[]): boolean {
  const isRefused = outcome.status === 'rejected' && outcome.code === 'provider-image-refused';
  return isRefused && !outcome.charged && pictures.some(({ address }) => address !== undefined);
}

export function withoutAddresses(pictures: readonly Picture[]): Picture[] {
  return pictures.map((picture) => {
    const { address: _, ...rest } = picture;
    return rest;
  });
}

/** For “show what was sent”: where the service was told to look. */
export function addressLines(pictures: readonly Picture[]): string[] {
  return pictures.flatMap(({ address }) =>
    address === undefined ? [] : [`[Picture by its address] ${address}`],
  );
}
