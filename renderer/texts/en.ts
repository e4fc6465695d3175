import { commands } from './en/commands.ts';
import { common } from './en/common.ts';
import { engine } from './en/engine.ts';
import { layout } from './en/layout.ts';
import { library } from './en/library.ts';
import { palette } from './en/palette.ts';
import { runs } from './en/runs.ts';
import { sidebar } from './en/sidebar.ts';
import { status } from './en/status.ts';
import { settings } from './en/settings.ts';
import { usage } from './en/usage.ts';
import { folders } from './en/folders.ts';
import { about } from './en/about.ts';

export const en = {
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
