import type { Handlers, ReadProcedureName } from '../../../contract/procedures.ts';
import type { ReadContext } from '../context.ts';
import { assetReads } from './asset.ts';
import { connectionReads } from './connection.ts';
import { descriptionReads } from './description.ts';
import { editReads } from './edit.ts';
import { facetReads } from './facet.ts';
import { folderReads } from './folder.ts';
import { keywordReads } from './keyword.ts';
import { folderNoteReads } from './folder-note.ts';
import { folderPrivacyReads } from './folder-privacy.ts';
import { libraryReads } from './library.ts';
import { promptReads } from './prompt.ts';
import { queueReads } from './queue.ts';
import { rootReads } from './root.ts';
import { runReads } from './run.ts';
import { savedSearchReads } from './saved-search.ts';
import { searchReads } from './search.ts';
import { threadReads } from './thread.ts';
import { settingReads } from './setting.ts';
import { upkeepReads } from './upkeep.ts';
import { usageReads } from './usage.ts';

/** Everything that only reads: the same beside a running engine as inside one. */
export function readHandlers(context: ReadContext): Handlers<ReadProcedureName> {
  return {
    ...libraryReads(context),
    ...searchReads(context),
    ...assetReads(context),
    ...upkeepReads(context),
    ...usageReads(context),
    ...runReads(context),
    ...queueReads(context),
    ...rootReads(context),
    ...folderNoteReads(context),
    ...folderPrivacyReads(context),
    ...promptReads(context),
    ...descriptionReads(context),
    ...threadReads(context),
    ...connectionReads(context),
    ...editReads(context),
    ...facetReads(context),
    ...folderReads(),
    ...keywordReads(context),
    ...savedSearchReads(context),
    ...settingReads(context),
  };
}
