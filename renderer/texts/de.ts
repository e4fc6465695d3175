import { commands } from './de/commands.ts';
import { common } from './de/common.ts';
import { engine } from './de/engine.ts';
import { layout } from './de/layout.ts';
import { library } from './de/library.ts';
import { palette } from './de/palette.ts';
import { runs } from './de/runs.ts';
import { sidebar } from './de/sidebar.ts';
import { status } from './de/status.ts';
import { settings } from './de/settings.ts';
import { usage } from './de/usage.ts';
import { folders } from './de/folders.ts';
import { about } from './de/about.ts';

export const de = {
  settings,
  usage,
  folders,
  about,
  commands,
  common,
  engine,
  layout,
  library,
  palette,
  runs,
  sidebar,
  status,
};
