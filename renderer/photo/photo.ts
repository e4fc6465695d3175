import type { Output } from '../../app/contract/procedures.ts';

/** Everything about the photo that is shown. */
export type Photo = Output<'asset.get'>;
export type PastDescription = Photo['history'][number];

export function fileNameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
