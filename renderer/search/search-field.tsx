import { Search, X } from 'lucide-react';
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { IconButton } from '../design/components/button.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import type { GridSort } from '../routes.ts';
import { goTo } from '../state/route.ts';
import { commitDraft, setDraft, settleDraft, typeDraft, useTyped } from './draft.ts';
import { formatCount } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { withCompletion } from './query-text.ts';
import './search.css';

/** Who pauses so long wants to see what was found. */
const pauseMs = 250;

/** What is searched, typed with completions; the grid follows each letter of a word, a filter after a short pause or at Enter. */
export function SearchField({ query, sort }: { readonly query: string; readonly sort: GridSort | null }) {
  const texts = useTexts();
  const language = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { draft, text } = useTyped(query);
  const [cursor, setCursor] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // What is found is asked for first: the engine does one thing after the other.
  const asked = useDeferredValue(useMemo(() => ({ query: text, at: cursor }), [text, cursor]));
  const { data } = useQueryOf('search.complete', { ...asked, limit: 8 }, { enabled: isOpen });
  const isAnswered = asked.query === text && asked.at === cursor;
  const items = isOpen && isAnswered ? (data?.items ?? []) : [];

  const search = (wanted: string): void => {
    setDraft(undefined);
    goTo({ view: 'library', query: wanted.trim(), sort }, { replace: true });
  };
  useEffect(() => {
    if (draft === undefined || draft.text.trim() === draft.of) return undefined;
    const timer = setTimeout(() => {
      commitDraft(sort);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, sort]);
  useEffect(
    () => () => {
      setDraft(undefined);
    },
    [],
  );

  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'search.focus',
        group: 'go',
        title: (all) => all.search.focus,
        icon: Search,
        keys: ['/', 'mod+f'],
        run: () => {
          input.current?.focus();
          input.current?.select();
        },
      },
    ],
    [],
  );
  useCommands(commands);

  const type = (typed: string, at: number): void => {
    const shown = typeDraft(typed, query);
    setCursor(Math.min(at + shown.length - typed.length, shown.length));
    setIsOpen(true);
    setActive(-1);
  };
  const choose = (index: number): void => {
    const item = items[index];
    if (item === undefined || data === undefined) return;
    const chosen = withCompletion(text, data, item.insert);
    type(chosen.text, chosen.cursor);
    setIsOpen(item.insert.endsWith(':'));
    requestAnimationFrame(() => input.current?.setSelectionRange(chosen.cursor, chosen.cursor));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && items.length > 0) {
      const count = items.length + 1;
      setActive(((active + 1 + step + count) % count) - 1);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && active !== -1) choose(active);
    else if (event.key === 'Enter') {
      setIsOpen(false);
      if (draft === undefined) search(query);
      else void settleDraft(sort, 'entered');
    } else if (event.key === 'Escape' && items.length > 0) setIsOpen(false);
    else if (event.key === 'Escape' && text !== '') search('');
    else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <search className="search">
      <Search aria-hidden size="1.1em" className="search-icon" />
      <input
        ref={input}
        type="text"
        className="search-input"
        role="combobox"
        aria-label={texts.search.label}
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active === -1 ? undefined : `${id}-${String(active)}`}
        placeholder={texts.search.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          type(event.target.value, event.target.selectionStart ?? event.target.value.length);
        }}
        onBlur={() => {
          setIsOpen(false);
          void settleDraft(sort, 'left');
        }}
        onKeyDown={onKeyDown}
      />
      {text !== '' && (
        <IconButton
          icon={X}
          label={texts.search.clear}
          keys="Escape"
          onClick={() => {
            search('');
            input.current?.focus();
          }}
        />
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={texts.search.completions}
        className="search-list"
        hidden={items.length === 0}
      >
        {items.map((item, index) => (
          <div
            key={item.insert}
            id={`${id}-${String(index)}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="search-option"
            onPointerDown={(event) => {
              // The field keeps the focus.
              event.preventDefault();
              choose(index);
            }}
          >
            <span>{item.label}</span>
            <span className="search-kind">
              {texts.search.kinds[item.kind]}
              {item.photos !== null && ` · ${formatCount(item.photos, language)}`}
            </span>
          </div>
        ))}
      </div>
    </search>
  );
}
