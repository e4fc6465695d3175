import { useState } from 'react';
import { Field } from '../design/components/field.tsx';
import { TextArea } from '../design/components/text-area.tsx';

type TextRowProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly inputMode?: 'decimal';
  /** So many lines instead of one; then Enter begins another line, and what was typed is saved when it is left. */
  readonly lines?: number;
  readonly maxLength?: number;
  /** What is wrong with a text; it is not saved then. */
  readonly check?: (text: string) => string | undefined;
  readonly onSave: (text: string) => Promise<unknown>;
};

/** Saved when it is left or Enter is pressed; Escape brings back what was there. */
export function TextRow({ lines, check, onSave, value, ...rest }: TextRowProps) {
  const [text, setText] = useState<string>();
  /** What was saved last counts until the value that it took the place of has changed. */
  const [saved, setSaved] = useState<{ readonly text: string; readonly over: string }>();
  const known = saved?.over === value ? saved.text : value;
  const shown = text ?? known;
  const error = check?.(shown);
  const save = async (): Promise<void> => {
    if (text === undefined || text === known || error !== undefined) return;
    setSaved({ text, over: value });
    await onSave(text);
    // Whoever went on typing meanwhile keeps what they typed.
    setText((current) => (current === text ? undefined : current));
  };
  const shared = {
    ...rest,
    error,
    value: shown,
    onBlur: () => void save(),
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setText(event.target.value);
    },
    onKeyDown: (event: { readonly key: string }) => {
      if (event.key === 'Enter' && lines === undefined) void save();
      if (event.key === 'Escape') setText(undefined);
    },
  };
  return (
    <div className="setting-row">
      <div className="setting-text">
        {lines === undefined ? <Field {...shared} /> : <TextArea {...shared} rows={lines} />}
      </div>
    </div>
  );
}
