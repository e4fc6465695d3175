import { Bookmark, BookmarkX, CircleQuestionMark, ListFilter, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { ErrorBanner } from '../design/components/banner.tsx';
import { Button } from '../design/components/button.tsx';
import { Chip } from '../design/components/chip.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { Field } from '../design/components/field.tsx';
import { showToast } from '../design/components/toast.tsx';
import { useCallOf, useQueryOf } from '../engine/hooks.ts';
import type { GridSort } from '../routes.ts';
import { goTo } from '../state/route.ts';
import type { Texts } from '../texts/catalogue.ts';
import { useTexts } from '../texts/use-texts.ts';
import { chipsOf, withoutPart } from './query-text.ts';

/** What a search shows beside the grid. */
export type SearchPanel = 'narrow' | 'reasons';

type SearchBarProps = {
  readonly query: string;
  readonly sort: GridSort | null;
  /** How many photos were found, or were before; `undefined` while nobody knows. */
  readonly found: { readonly found: number; readonly isWhole: boolean } | undefined;
  readonly isCounting: boolean;
  /** Which panel stands beside the grid. */
  readonly beside: SearchPanel | undefined;
  readonly onBeside: (panel: SearchPanel | undefined) => void;
  /** Describes all that were found; `undefined` while that is not to be offered. */
  readonly onDescribe: (() => void) | undefined;
};

/** Under the toolbar while something is searched: its filters, how many were found, why, and keeping it under a name. */
export function SearchBar({ query, sort, found, isCounting, beside, onBeside, onDescribe }: SearchBarProps) {
  const texts = useTexts();
  const { data: parsed } = useQueryOf('search.parse', { query }, { keepsPrevious: true });
  const { data: saved } = useQueryOf('savedSearch.list', {});
  const remove = useCallOf('savedSearch.remove');
  const [isSaving, setIsSaving] = useState(false);
  const known = saved?.find((search) => search.query === query);
  return (
    <div className="search-bar" role="toolbar" aria-label={texts.search.bar}>
      <span role="status" aria-busy={isCounting} className="search-count">
        {foundText(texts, found)}
      </span>
      {chipsOf(parsed?.parts ?? []).map((part) => {
        const word = query.slice(part.start, part.end);
        return (
          <Chip
            key={part.start}
            removeLabel={texts.search.removeFilter(word)}
            onRemove={() => {
              goTo({ view: 'library', query: withoutPart(query, part), sort });
            }}
          >
            {word}
          </Chip>
        );
      })}
      <span className="search-bar-space" />
      {onDescribe !== undefined && (
        <Button kind="quiet" icon={Sparkles} onClick={onDescribe}>
          {texts.search.describeFound}
        </Button>
      )}
      {(['narrow', 'reasons'] as const).map((panel) => (
        <Button
          key={panel}
          kind="quiet"
          icon={panel === 'narrow' ? ListFilter : CircleQuestionMark}
          aria-pressed={beside === panel}
          onClick={() => {
            onBeside(beside === panel ? undefined : panel);
          }}
        >
          {panel === 'narrow' ? texts.search.narrow : texts.search.why}
        </Button>
      ))}
      {known === undefined ? (
        <Button
          kind="quiet"
          icon={Bookmark}
          onClick={() => {
            setIsSaving(true);
          }}
        >
          {texts.search.save}
        </Button>
      ) : (
        <>
          <Button
            kind="quiet"
            icon={Bookmark}
            onClick={() => {
              setIsSaving(true);
            }}
          >
            {texts.search.rename}
          </Button>
          <Button kind="quiet" icon={BookmarkX} onClick={() => void remove.call({ id: known.id })}>
            {texts.search.remove(known.name)}
          </Button>
        </>
      )}
      {remove.error !== null && <ErrorBanner error={remove.error} />}
      {isSaving && (
        <SaveDialog
          query={query}
          sort={sort}
          known={known}
          onClose={() => {
            setIsSaving(false);
          }}
        />
      )}
    </div>
  );
}

function foundText(texts: Texts, found: SearchBarProps['found']): string {
  if (found === undefined) return texts.common.loading;
  return found.isWhole ? texts.search.found(found.found) : texts.search.foundAtLeast(found.found);
}

type SaveDialogProps = Pick<SearchBarProps, 'query' | 'sort'> & {
  readonly known: { readonly id: number; readonly name: string } | undefined;
  readonly onClose: () => void;
};

function SaveDialog({ query, sort, known, onClose }: SaveDialogProps) {
  const texts = useTexts();
  const [name, setName] = useState(known?.name ?? query);
  const save = useCallOf('savedSearch.save');
  const rename = useCallOf('savedSearch.rename');
  const error = save.error ?? rename.error;
  const keep = async (): Promise<void> => {
    if (name.trim() === '') return;
    const kept =
      known === undefined
        ? await save.call({ name, query, sort })
        : await rename.call({ id: known.id, name });
    if (kept === undefined) return;
    showToast(texts.search.saved(kept.name));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={texts.search.saveTitle}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button kind="primary" disabled={name.trim() === ''} onClick={() => void keep()}>
            {texts.search.saveIt}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <Field
          label={texts.search.name}
          value={name}
          maxLength={200}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </form>
      {error !== null && <ErrorBanner error={error} />}
    </Dialog>
  );
}
