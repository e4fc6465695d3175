import { commands } from './de/commands.ts';
import { common } from './de/common.ts';
import { engine } from './de/engine.ts';
import { layout } from './de/layout.ts';
import { library } from './de/library.ts';
import { palette } from './de/palette.ts';
import { runs } from './de/runs.ts';
import { sidebar } from './de/sidebar.ts';
import { status } from './de/status.ts';

export const de = { commands, common, engine, layout, library, palette, runs, sidebar, status };
