import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useAllCommands } from '../commands/registry.ts';
import { Kbd } from '../design/components/kbd.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { useTexts } from '../texts/use-texts.ts';
import { hideOverlay, useOverlay } from './open-overlay.ts';
import { paletteGroups, type PaletteGroup, type PaletteItem } from './palette-items.ts';
import './palette.css';

/** Everything that can be done, and everywhere one can go, by typing a part of its name. */
export function Palette() {
  const texts = useTexts();
  const isShown = useOverlay(({ shown }) => shown === 'palette');
  return (
    <Dialog.Root
      open={isShown}
      onOpenChange={(open) => {
        if (!open) hideOverlay();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="palette">
          <Dialog.Title className="only-read">{texts.palette.title}</Dialog.Title>
          <PaletteList />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList() {
  const texts = useTexts();
  const [typed, setTyped] = useState('');
  const groups = useGroups(typed);
  return (
    <Autocomplete.Root
      inline
      open
      autoHighlight="always"
      mode="none"
      items={groups}
      value={typed}
      itemToStringValue={(item: PaletteItem) => item.title}
      onValueChange={(value, { reason }) => {
        // Choosing a line does something; its title is not what was typed.
        if (reason !== 'item-press') setTyped(value);
      }}
    >
      <div className="palette-field">
        <Search aria-hidden size="1.2em" />
        <Autocomplete.Input
          className="palette-input"
          aria-label={texts.palette.title}
          placeholder={texts.palette.hint}
        />
      </div>
      <Autocomplete.List className="palette-list">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="palette-group">
            <Autocomplete.GroupLabel className="palette-heading">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => <Line key={item.id} item={item} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Autocomplete.Empty className="palette-empty">
        {groups.length === 0 && texts.palette.nothing}
      </Autocomplete.Empty>
    </Autocomplete.Root>
  );
}

function Line({ item }: { readonly item: PaletteItem }) {
  return (
    <Autocomplete.Item
      value={item}
      className="palette-item"
      onClick={() => {
        hideOverlay();
        item.run();
      }}
    >
      <span className="menu-mark">{item.icon !== undefined && <item.icon aria-hidden size="1.1em" />}</span>
      <span className="palette-text">{item.title}</span>
      {item.note !== undefined && <span className="palette-note">{item.note}</span>}
      {item.keys !== undefined && <Kbd keys={item.keys} />}
    </Autocomplete.Item>
  );
}

/** Photos are asked for behind what is typed, and never hold it up. */
function useGroups(typed: string): PaletteGroup[] {
  const texts = useTexts();
  const commands = useAllCommands();
  const query = useDeferredValue(typed.trim());
  const { data: found } = useQueryOf(
    'search.query',
    { query, limit: 6 },
    { enabled: query.length > 1, keepsPrevious: true },
  );
  const { data: savedSearches } = useQueryOf('savedSearch.list', {});
  const { data: tree } = useQueryOf('facet.folders', {});
  const folders = (tree?.folders ?? []).map(({ name, relativePath, query: folderQuery, rootId }) => ({
    name,
    path: relativePath === '' ? name : relativePath,
    query: folderQuery,
    rootId,
  }));
  return paletteGroups(
    typed,
    commands,
    { folders, savedSearches: savedSearches ?? [], photos: query.length > 1 ? (found?.photos ?? []) : [] },
    texts,
  );
}
