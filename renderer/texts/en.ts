import { about } from './en/about.ts';
import { ask } from './en/ask.ts';
import { commands } from './en/commands.ts';
import { common } from './en/common.ts';
import { describe } from './en/describe.ts';
import { connections } from './en/connections.ts';
import { engine } from './en/engine.ts';
import { firstStart } from './en/first-start.ts';
import { folders } from './en/folders.ts';
import { layout } from './en/layout.ts';
import { library } from './en/library.ts';
import { objects } from './en/objects.ts';
import { palette } from './en/palette.ts';
import { photo } from './en/photo.ts';
import { prompts } from './en/prompts.ts';
import { runs } from './en/runs.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { sidebar } from './en/sidebar.ts';
import { status } from './en/status.ts';
import { upkeep } from './en/upkeep.ts';
import { usage } from './en/usage.ts';
import { videoIndex } from './en/video-index.ts';

export const en = {
  about,
  ask,
  commands,
  common,
  connections,
  describe,
  engine,
  firstStart,
  folders,
  layout,
  library,
  objects,
  palette,
  photo,
  prompts,
  runs,
  search,
  settings,
  sidebar,
  status,
  upkeep,
  usage,
  videoIndex,
};
