import type { videoIndexProcedures } from '../../../contract/procedures/video-index.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';
import { addVideos, checkedContainer } from '../../video-index/add-videos.ts';
import type { Work } from '../../video-index/additions.ts';
import { videoIndexService } from '../../video-index/service.ts';

export function videoIndexWrites(
  parts: EngineParts,
): HandlersOf<typeof videoIndexProcedures, WriteProcedureName> {
  const { additions } = parts;
  const service = videoIndexService(parts);
  const add: Work = (input, call) => addVideos(parts, input, call);
  return {
    ...service,
    'videoIndex.delete': async (which, call) => {
      await service['videoIndex.delete'](which, call);
      await additions.dismiss(which);
      return {};
    },
    'videoIndex.begin': ({ container, ...wish }) => {
      checkedContainer(parts, { index: wish.index, container });
      return additions.begin(wish, container, add);
    },
    'videoIndex.goOn': ({ container, ...which }) => {
      if (container !== undefined) checkedContainer(parts, { index: which.index, container });
      return additions.goOn(which, container, add);
    },
    'videoIndex.stop': async (which) => {
      await additions.stop(which);
      return {};
    },
    'videoIndex.dismiss': async (which) => {
      await additions.dismiss(which);
      return {};
    },
    'videoIndex.additions': () => additions.list(),
  };
}
