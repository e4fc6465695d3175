import { useId } from 'react';
import type { OwnedKeyword } from '../../app/contract/models/description.ts';
import { Chip } from '../design/components/chip.tsx';
import { libraryRoute } from '../routes.ts';
import { goTo } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Change } from '../edits/edit-photos.ts';
import { KeywordLine } from './keyword-line.tsx';

type KeywordEditorProps = {
  readonly keywords: readonly OwnedKeyword[];
  /** What no person and no file says is the built-in describer's. */
  readonly isBaseline: boolean;
  /** Of those that the person took over from an answer: who answered. */
  readonly answerers: ReadonlyMap<string, string>;
  readonly onChange: (change: Change, said: string) => Promise<boolean>;
};

/** The keywords, each with its way out, and a line to add more; what the library knows already is offered. */
export function KeywordEditor({ keywords, isBaseline, answerers, onChange }: KeywordEditorProps) {
  const texts = useTexts();
  const id = useId();
  const add = (added: string[]): Promise<boolean> =>
    onChange({ keywords: { add: added } }, texts.photo.keywordsAdded(added.join(', ')));
  const saidBy = (keyword: string, owner: OwnedKeyword['owner']): string => {
    const answerer = answerers.get(keyword);
    if (answerer !== undefined) return texts.photo.takenFrom(answerer);
    return owner === 'model' && isBaseline ? texts.photo.byBuiltIn : texts.photo.owners[owner];
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
      <KeywordLine id={id} taken={keywords.map(({ keyword }) => keyword)} onAdd={add} />
    </div>
  );
}
