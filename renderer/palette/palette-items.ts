import { FolderClosed, Image, Search, type LucideIcon } from 'lucide-react';
import type { Output } from '../../app/contract/procedures.ts';
import type { Command } from '../commands/command.ts';
import { canRun } from '../commands/registry.ts';
import { libraryRoute } from '../routes.ts';
import { goTo } from '../state/route.ts';
import type { Texts } from '../texts/catalogue.ts';
import { matchTitle } from './match-title.ts';

/** One line of the palette. */
export type PaletteItem = {
  readonly id: string;
  readonly title: string;
  /** More about it, in quiet letters. */
  readonly note?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly keys?: string | undefined;
  readonly run: () => void;
};

export type PaletteGroup = { readonly value: string; readonly items: readonly PaletteItem[] };

/** What the palette may offer beside commands. */
export type Offers = {
  readonly folders: readonly { readonly name: string; readonly path: string; readonly query: string }[];
  readonly savedSearches: Output<'savedSearch.list'>;
  readonly photos: Output<'search.query'>['photos'];
};

/** Lines of one group at most: a palette is read at a glance. */
const mostOfEach = 6;
const mostCommands = 12;

/** What fits what was typed, best first, in groups; with nothing typed, the commands that can be given now. */
export function paletteGroups(
  typed: string,
  commands: readonly Command[],
  offers: Offers,
  texts: Texts,
): PaletteGroup[] {
  const ofCommands = commands
    .filter((command) => command.isHidden !== true && canRun(command))
    .map((command) => ({
      id: command.id,
      title: command.title(texts),
      note: texts.commands.groups[command.group],
      icon: command.icon,
      keys: command.keys?.[0],
      run: command.run,
    }));
  const searches = offers.savedSearches.map(({ id, name, query, sort }) => ({
    id: `search ${String(id)}`,
    title: name,
    note: query,
    icon: Search,
    run: () => {
      goTo({ ...libraryRoute, query, sort });
    },
  }));
  const folders = offers.folders.map(({ name, path, query }) => ({
    id: `folder ${path}`,
    title: name,
    note: path,
    icon: FolderClosed,
    run: () => {
      find(query);
    },
  }));
  const photos = offers.photos.map(({ id, path, caption }) => ({
    id: `photo ${String(id)}`,
    title: caption ?? nameOf(path),
    note: caption === null ? undefined : nameOf(path),
    icon: Image,
    run: () => {
      goTo({ view: 'photo', assetId: id, query: typed, sort: null });
    },
  }));
  const isTyped = typed.trim() !== '';
  const groups: PaletteGroup[] = [
    { value: texts.palette.commands, items: best(typed, ofCommands, mostCommands) },
    { value: texts.palette.savedSearches, items: best(typed, searches, mostOfEach) },
    // Without a word, every folder and photo fits: the sidebar and the grid show those better.
    { value: texts.palette.folders, items: isTyped ? best(typed, folders, mostOfEach) : [] },
    { value: texts.palette.photos, items: isTyped ? photos.slice(0, mostOfEach) : [] },
    {
      value: texts.palette.search,
      items: isTyped
        ? [
            {
              id: 'search',
              title: texts.palette.searchFor(typed.trim()),
              icon: Search,
              run: () => {
                find(typed.trim());
              },
            },
          ]
        : [],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function find(query: string): void {
  goTo({ ...libraryRoute, query });
}

function best(typed: string, items: readonly PaletteItem[], most: number): PaletteItem[] {
  return items
    .flatMap((item) => {
      const distance = matchTitle(typed, item.title);
      return distance === undefined ? [] : [{ item, distance }];
    })
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, typed.trim() === '' ? items.length : most)
    .map(({ item }) => item);
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
