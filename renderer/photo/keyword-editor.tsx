import { useId, useState } from 'react';
import type { OwnedKeyword } from '../../app/contract/models.ts';
import { Chip } from '../design/components/chip.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { libraryRoute } from '../routes.ts';
import { goTo } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Change } from '../edits/edit-photos.ts';

type KeywordEditorProps = {
  readonly keywords: readonly OwnedKeyword[];
  /** Of those that the person took over from an answer: who answered. */
  readonly answerers: ReadonlyMap<string, string>;
  readonly onChange: (change: Change, said: string) => Promise<boolean>;
};

/** The keywords, each with its way out, and a line to add more; what the library knows already is offered. */
export function KeywordEditor({ keywords, answerers, onChange }: KeywordEditorProps) {
  const texts = useTexts();
  const id = useId();
  const [text, setText] = useState('');
  const { data: offers } = useQueryOf(
    'keyword.complete',
    { text: text.trim(), limit: 12 },
    { enabled: text.trim() !== '', keepsPrevious: true },
  );
  const add = async (): Promise<void> => {
    const added = text
      .split(/[,;\n]/)
      .map((keyword) => keyword.trim())
      .filter((keyword) => keyword !== '');
    if (added.length === 0) return;
    const isSaved = await onChange({ keywords: { add: added } }, texts.photo.keywordsAdded(added.join(', ')));
    if (isSaved) setText('');
  };
  const saidBy = (keyword: string, owner: OwnedKeyword['owner']): string => {
    const answerer = answerers.get(keyword);
    return answerer === undefined ? texts.photo.owners[owner] : texts.photo.takenFrom(answerer);
  };
  return (
    <div className="keywords">
      <label htmlFor={id} className="own-text-label">
        {texts.photo.keywords}
      </label>
      <ul className="keywords-list" aria-label={texts.photo.keywords}>
        {keywords.map(({ keyword, owner }) => (
          <li key={keyword} title={saidBy(keyword, owner)}>
            <Chip
              removeLabel={texts.photo.removeKeyword(keyword)}
              onRemove={() =>
                void onChange({ keywords: { remove: [keyword] } }, texts.photo.keywordRemoved(keyword))
              }
              onClick={() => {
                goTo({ ...libraryRoute, query: `keyword:"${keyword.replaceAll('"', '')}"` });
              }}
            >
              {keyword}
            </Chip>
          </li>
        ))}
      </ul>
      <input
        id={id}
        className="field-input"
        list={`${id}-offers`}
        autoComplete="off"
        placeholder={texts.photo.addKeyword}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void add();
          else if (event.key === 'Escape') event.currentTarget.blur();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <datalist id={`${id}-offers`}>
        {offers?.map(({ keyword }) => (
          <option key={keyword} value={keyword}>
            {keyword}
          </option>
        ))}
      </datalist>
    </div>
  );
}
