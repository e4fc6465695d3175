import type { Handlers, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';
import { assetWrites } from './asset.ts';
import { connectionWrites } from './connection.ts';
import { descriptionWrites } from './description.ts';
import { editWrites } from './edit.ts';
import { gridWrites } from './grid.ts';
import { folderNoteWrites } from './folder-note.ts';
import { folderPrivacyWrites } from './folder-privacy.ts';
import { promptWrites } from './prompt.ts';
import { queueWrites } from './queue.ts';
import { renditionWrites } from './rendition.ts';
import { rootWrites } from './root.ts';
import { runWrites } from './run.ts';
import { secretWrites } from './secret.ts';
import { threadWrites } from './thread.ts';
import { savedSearchWrites } from './saved-search.ts';
import { settingWrites } from './setting.ts';
import { upkeepWrites } from './upkeep.ts';
import { videoWrites } from './video.ts';
import { videoIndexWrites } from './video-index.ts';
import { webWrites } from './web.ts';

/** Everything that changes the library; needs its lock. */
export function writeHandlers(parts: EngineParts): Handlers<WriteProcedureName> {
  return {
    ...connectionWrites(parts),
    ...secretWrites(parts),
    ...rootWrites(parts),
    ...folderNoteWrites(parts),
    ...folderPrivacyWrites(parts),
    ...promptWrites(parts),
    ...descriptionWrites(parts),
    ...runWrites(parts),
    ...queueWrites(parts),
    ...threadWrites(parts),
    ...assetWrites(parts),
    ...editWrites(parts),
    ...gridWrites(parts),
    ...renditionWrites(parts),
    ...savedSearchWrites(parts),
    ...settingWrites(parts),
    ...upkeepWrites(parts),
    ...webWrites(parts),
    ...videoWrites(parts),
    ...videoIndexWrites(parts),
  };
}
