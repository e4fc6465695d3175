import { RotateCcw } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { Owner } from '../../app/contract/models/description.ts';
import { IconButton } from '../design/components/button.tsx';
import { useTexts } from '../texts/use-texts.ts';

type OwnTextProps = {
  readonly label: string;
  readonly value: { readonly text: string; readonly owner: Owner } | null;
  /** No model said it, but built-in. */
  readonly isBaseline: boolean;
  /** The model whose answer the person took over. */
  readonly answerer?: string | undefined;
  /** Longer than this is marked; nothing is cut. */
  readonly goodLength?: number;
  /** `null` gives the field back to whoever else says something. Resolves to whether it was saved. */
  readonly onSave: (text: string | null) => Promise<boolean>;
};

/**
 * A text of the description that a person can make their own: saved when they leave it or press Ctrl or ⌘ with Enter;
 * Escape takes back what was not saved.
 */
export function OwnText({ label, value, isBaseline, answerer, goodLength, onSave }: OwnTextProps) {
  const texts = useTexts();
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const isLeaving = useRef(false);
  const saved = value?.text ?? '';
  // What was saved stays in sight until the library says it, too.
  const [isAwaited, setIsAwaited] = useState(false);
  const [savedBefore, setSavedBefore] = useState(saved);
  if (saved !== savedBefore) {
    setSavedBefore(saved);
    if (isAwaited) {
      setIsAwaited(false);
      setDraft(undefined);
    }
  }
  const shown = draft ?? saved;
  const save = async (): Promise<void> => {
    const text = draft?.trim();
    if (text === undefined || text === saved) setDraft(undefined);
    else if (await onSave(text === '' ? null : text)) {
      if (text === '') setDraft(undefined);
      else setIsAwaited(true);
    }
  };
  return (
    <div className="own-text">
      <div className="own-text-head">
        <label htmlFor={id} className="own-text-label">
          {label}
        </label>
        {value !== null && (
          <span className="own-text-owner">
            {answerer !== undefined
              ? texts.photo.takenFrom(answerer)
              : value.owner === 'model' && isBaseline
                ? texts.photo.byBuiltIn
                : texts.photo.owners[value.owner]}
          </span>
        )}
        {value?.owner === 'person' && draft === undefined && (
          <IconButton
            icon={RotateCcw}
            label={texts.photo.giveBack(label)}
            onClick={() => void onSave(null)}
          />
        )}
      </div>
      <textarea
        id={id}
        className="own-text-input"
        rows={1}
        placeholder={texts.photo.nothingSaid}
        value={shown}
        maxLength={20_000}
        aria-describedby={goodLength === undefined ? undefined : `${id}-length`}
        onChange={(event) => {
          setDraft(event.target.value);
          setIsAwaited(false);
        }}
        onBlur={() => {
          if (!isLeaving.current) void save();
          isLeaving.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            isLeaving.current = true;
            setDraft(undefined);
            event.currentTarget.blur();
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {goodLength !== undefined && (
        <p id={`${id}-length`} className={shown.length > goodLength ? 'own-text-long' : 'photo-quiet'}>
          {texts.photo.lengthOf(shown.length, goodLength)}
        </p>
      )}
    </div>
  );
}
