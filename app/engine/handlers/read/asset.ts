import { normalize } from 'node:path';
import type { assetProcedures } from '../../../contract/procedures/asset.ts';
import type { HandlersOf, ReadProcedureName, Output } from '../../../contract/procedures.ts';
import { listDescriptions } from '../../../captioning/history-store.ts';
import { findCurrentDescription } from '../../../captioning/current-store.ts';
import { listTakenAnswers } from '../../../captioning/taken-answers.ts';
import type { AssetId } from '../../../contract/ids.ts';
import { findAssetByPath, findDuplicates, findOriginal, getAsset } from '../../../library/asset-store.ts';
import { listCompanions } from '../../../library/group-store.ts';
import { findDamage } from '../../../library/damage-store.ts';
import { listPhotosNamed } from '../../../library/named-photo-store.ts';
import { findVideo, type Video } from '../../../library/video-store.ts';
import { listAssetLines } from '../../../library/status-store.ts';
import { webFolderOf } from '../../../library/web-folder.ts';
import { findWebAddress } from '../../../library/web-picture-store.ts';
import { listFailures } from '../../../search/failure-store.ts';
import { listSent } from '../../../usage/sent-store.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ReadContext } from '../context.ts';
import { placeOf } from './scope.ts';

export function assetReads(context: ReadContext): HandlersOf<typeof assetProcedures, ReadProcedureName> {
  return {
    'asset.list': ({ assetIds }) => {
      const failures = new Map(
        listFailures(context.read, assetIds).map(({ assetId, error }) => [assetId, error]),
      );
      return listAssetLines(context.read, assetIds).map((line) => ({
        ...line,
        failure: failures.get(line.id) ?? null,
      }));
    },
    'asset.named': ({ name, limit }) => {
      const photos = listPhotosNamed(context.read, name.replaceAll('\\', '/').replace(/^(\.?\/)+/, ''));
      return { total: photos.length, photos: photos.slice(0, limit) };
    },
    'asset.sent': ({ id }) => listSent(context.read, getAsset(context.read, id).id),
    'asset.get': (input) => show(context, 'id' in input ? input.id : findAssetId(context, input.path)),
  };
}

/** A photo as a person names it: by its path, whole or from where they stand. */
function findAssetId({ read }: ReadContext, path: string): AssetId {
  const { rootId, prefix } = placeOf(read, path);
  const asset = findAssetByPath(read, rootId, prefix);
  if (asset === undefined) {
    throw new AppError('not-found', { what: path, reason: 'It is no photo, or it was not scanned yet.' });
  }
  return asset.id;
}

/** Everything about one photo. */
export function show({ read, libraryFolder }: ReadContext, id: AssetId): Output<'asset.get'> {
  const asset = getAsset(read, id);
  const original = findOriginal(read, id);
  const description = findCurrentDescription(read, id) ?? null;
  const history = listDescriptions(read, id);
  const reach =
    original === undefined || !original.isPresent
      ? 'missing'
      : original.rootState === 'offline'
        ? 'offline'
        : asset.state;
  return {
    id,
    path: original?.absolutePath ?? '',
    webAddress: findWebAddress(read, id, webFolderOf(libraryFolder)) ?? null,
    duplicates: findDuplicates(read, id).flatMap((twin) => findOriginal(read, twin)?.absolutePath ?? []),
    companions: listCompanions(read, id).map((file) => ({ ...file, path: normalize(file.path) })),
    state: reach,
    error: asset.error,
    description,
    failure: failureOf(read, id),
    metadata: {
      ...asset.facts,
      format: asset.format,
      widthPx: asset.widthPx,
      heightPx: asset.heightPx,
      sizeBytes: original?.sizeBytes ?? 0, // why 0: no file is left
      colors: [...asset.colors],
    },
    video: toVideo(findVideo(read, id)),
    history,
    takenAnswers: description === null ? [] : listTakenAnswers(description, history),
    isExcluded: asset.isExcluded,
    damage: findDamage(read, asset.id),
  };
}

function failureOf(read: ReadContext['read'], id: AssetId): Output<'asset.get'>['failure'] {
  const [failure] = listFailures(read, [id]);
  return failure === undefined ? null : { error: failure.error, runId: failure.runId };
}

/** As it crosses the port: what turns it is in its width and height already. */
function toVideo(video: Video | undefined): Output<'asset.get'>['video'] {
  if (video === undefined) return null;
  const { rotation: _, ...told } = video;
  return told;
}
