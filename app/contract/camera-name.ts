import type { Facts } from './models/asset.ts';

/**
 * A camera as people say it: maker and model, the maker only once. Facts hold both as `metadata/camera-name.ts` cleaned
 * them. `undefined` when neither is known.
 */
export function cameraName({
  cameraMake,
  cameraModel,
}: Pick<Facts, 'cameraMake' | 'cameraModel'>): string | undefined {
  if (cameraMake === undefined || cameraModel === undefined) return cameraModel ?? cameraMake;
  const repeatsMaker = cameraModel.toLowerCase().startsWith(`${cameraMake.toLowerCase()} `);
  return repeatsMaker ? cameraModel : `${cameraMake} ${cameraModel}`;
}
