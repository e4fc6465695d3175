import { useId, type ComponentProps } from 'react';
import './field.css';

type TextAreaProps = Omit<ComponentProps<'textarea'>, 'className' | 'id'> & {
  readonly label: string;
  /** A sentence below, always there. */
  readonly hint?: string;
  readonly error?: string | undefined;
};

/** Several lines of text that a person enters, with their label. Grows with its text where the browser can. */
export function TextArea({ label, hint, error, rows = 2, ...rest }: TextAreaProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        className="field-input field-area"
        style={{ minHeight: `${String(rows * 1.5 + 1)}em` }}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : noteId}
      />
      {note !== undefined && (
        <p id={noteId} className={error === undefined ? 'field-note' : 'field-note field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
