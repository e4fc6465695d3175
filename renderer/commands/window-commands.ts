import {
  Images,
  Keyboard,
  ListChecks,
  Monitor,
  Moon,
  PanelLeft,
  Search,
  Settings,
  Sparkles,
  Sun,
} from 'lucide-react';
import { toggleSidebar } from '../layout/layout.tsx';
import { showOverlay } from '../palette/open-overlay.ts';
import { libraryRoute } from '../routes.ts';
import { textScales, useAppearance } from '../state/appearance.ts';
import { setLooks } from '../state/looks.ts';
import { goTo } from '../state/route.ts';
import type { Command } from './command.ts';
import { useCommands } from './registry.ts';

/** By how many steps the text grows or shrinks; stays at the ends of the scale. */
function scaleText(steps: number): void {
  const index = textScales.indexOf(useAppearance.getState().textScale) + steps;
  const textScale = textScales[index];
  if (textScale !== undefined) void setLooks({ textScale });
}

/** What can be done in every view. */
const windowCommands: readonly Command[] = [
  {
    id: 'library.open',
    group: 'go',
    title: (texts) => texts.commands.goToLibrary,
    icon: Images,
    keys: ['g l'],
    run: () => {
      goTo(libraryRoute);
    },
  },
  {
    id: 'runs.open',
    group: 'go',
    title: (texts) => texts.commands.goToRuns,
    icon: ListChecks,
    keys: ['g r'],
    run: () => {
      goTo({ view: 'runs', runId: null });
    },
  },
  {
    id: 'settings.open',
    group: 'go',
    title: (texts) => texts.commands.goToSettings,
    icon: Settings,
    keys: ['mod+,'],
    whileTyping: true,
    run: () => {
      goTo({ view: 'settings', section: 'folders' });
    },
  },
  {
    id: 'first-start.open',
    group: 'go',
    title: (texts) => texts.commands.setUp,
    icon: Sparkles,
    run: () => {
      goTo({ view: 'first-start' });
    },
  },
  {
    id: 'palette.open',
    group: 'go',
    title: (texts) => texts.palette.open,
    icon: Search,
    keys: ['mod+k'],
    whileTyping: true,
    isHidden: true,
    run: () => {
      showOverlay('palette');
    },
  },
  {
    id: 'keys.show',
    group: 'view',
    title: (texts) => texts.palette.openCheatSheet,
    icon: Keyboard,
    keys: ['?'],
    run: () => {
      showOverlay('cheat-sheet');
    },
  },
  {
    id: 'sidebar.toggle',
    group: 'view',
    title: (texts) => texts.commands.toggleSidebar,
    icon: PanelLeft,
    keys: ['mod+b'],
    run: toggleSidebar,
  },
  {
    id: 'theme.dark',
    group: 'view',
    title: (texts) => texts.commands.themeDark,
    icon: Moon,
    run: () => {
      void setLooks({ theme: 'dark' });
    },
  },
  {
    id: 'theme.light',
    group: 'view',
    title: (texts) => texts.commands.themeLight,
    icon: Sun,
    run: () => {
      void setLooks({ theme: 'light' });
    },
  },
  {
    id: 'theme.system',
    group: 'view',
    title: (texts) => texts.commands.themeSystem,
    icon: Monitor,
    run: () => {
      void setLooks({ theme: 'system' });
    },
  },
  {
    id: 'text.larger',
    group: 'view',
    title: (texts) => texts.commands.largerText,
    keys: ['mod++', 'mod+='],
    whileTyping: true,
    run: () => {
      scaleText(1);
    },
  },
  {
    id: 'text.smaller',
    group: 'view',
    title: (texts) => texts.commands.smallerText,
    keys: ['mod+-'],
    whileTyping: true,
    run: () => {
      scaleText(-1);
    },
  },
  {
    id: 'text.usual',
    group: 'view',
    title: (texts) => texts.commands.usualText,
    keys: ['mod+0'],
    whileTyping: true,
    run: () => {
      void setLooks({ textScale: 100 });
    },
  },
];

export function useWindowCommands(): void {
  useCommands(windowCommands);
}
