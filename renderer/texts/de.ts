import { about } from './de/about.ts';
import { ask } from './de/ask.ts';
import { commands } from './de/commands.ts';
import { common } from './de/common.ts';
import { describe } from './de/describe.ts';
import { connections } from './de/connections.ts';
import { engine } from './de/engine.ts';
import { firstStart } from './de/first-start.ts';
import { folders } from './de/folders.ts';
import { layout } from './de/layout.ts';
import { library } from './de/library.ts';
import { objects } from './de/objects.ts';
import { palette } from './de/palette.ts';
import { photo } from './de/photo.ts';
import { prompts } from './de/prompts.ts';
import { runs } from './de/runs.ts';
import { search } from './de/search.ts';
import { settings } from './de/settings.ts';
import { sidebar } from './de/sidebar.ts';
import { status } from './de/status.ts';
import { upkeep } from './de/upkeep.ts';
import { usage } from './de/usage.ts';
import { videoIndex } from './de/video-index.ts';

export const de = {
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
