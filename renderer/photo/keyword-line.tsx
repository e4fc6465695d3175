import { useState, type KeyboardEvent } from 'react';
import { useQueryOf } from '../engine/hooks.ts';
import { formatCount } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { beingTyped, splitKeywords, withOffer } from './typed-keywords.ts';

type KeywordLineProps = {
  readonly id: string;
  /** What the photo has already is not offered. */
  readonly taken: readonly string[];
  /** Resolves to whether they were added. */
  readonly onAdd: (keywords: string[]) => Promise<boolean>;
};

/** The line that keywords are typed into, with commas between; the library's own that begin so are offered below it. */
export function KeywordLine({ id, taken, onAdd }: KeywordLineProps) {
  const texts = useTexts();
  const language = useLanguage();
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const sought = beingTyped(text);
  const { data } = useQueryOf(
    'keyword.complete',
    { text: sought, limit: 8 },
    { enabled: isOpen && sought !== '', keepsPrevious: true },
  );
  const offers =
    isOpen && sought !== '' ? (data ?? []).filter(({ keyword }) => !taken.includes(keyword)) : [];
  const type = (typed: string): void => {
    setText(typed);
    setIsOpen(true);
    setActive(-1);
  };
  const add = async (typed: string): Promise<void> => {
    const keywords = splitKeywords(typed);
    setIsOpen(false);
    setActive(-1);
    if (keywords.length > 0 && (await onAdd(keywords))) setText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const offer = offers[active];
    if (step !== 0 && offers.length > 0) {
      // Above the first and below the last is what was typed.
      const stops = offers.length + 1;
      setActive(((active + 1 + step + stops) % stops) - 1);
    } else if (event.key === 'Enter') void add(offer === undefined ? text : withOffer(text, offer.keyword));
    else if (event.key === 'Tab' && offer !== undefined) type(`${withOffer(text, offer.keyword)}, `);
    else if (event.key === 'Escape' && offers.length > 0) setIsOpen(false);
    else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="keyword-line">
      <input
        id={id}
        className="field-input"
        role="combobox"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-autocomplete="list"
        aria-activedescendant={active === -1 ? undefined : `${id}-${String(active)}`}
        autoComplete="off"
        placeholder={texts.photo.addKeyword}
        value={text}
        onChange={(event) => {
          type(event.target.value);
        }}
        onBlur={() => {
          setIsOpen(false);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-offers`}
        role="listbox"
        aria-label={texts.photo.keywordOffers}
        className="keyword-offers"
        hidden={offers.length === 0}
      >
        {offers.map(({ keyword, photos }, index) => (
          <div
            key={keyword}
            id={`${id}-${String(index)}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="keyword-offer"
            onPointerDown={(event) => {
              // The line keeps the focus.
              event.preventDefault();
              void add(withOffer(text, keyword));
            }}
          >
            <span>{keyword}</span>
            <span className="photo-quiet">{formatCount(photos, language)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
