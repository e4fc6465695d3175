import { useId, type ComponentProps } from 'react';
import './field.css';

type FieldProps = Omit<ComponentProps<'input'>, 'className' | 'id'> & {
  readonly label: string;
  /** A sentence below, always there. */
  readonly hint?: string;
  /** What is wrong with what was entered. Its field says so to screen readers. */
  readonly error?: string | undefined;
  /** The label is read but not shown. @default false */
  readonly hidesLabel?: boolean;
};

/** One line of text that a person enters, with its label. */
export function Field({ label, hint, error, hidesLabel = false, ...rest }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="field">
      <label className={hidesLabel ? 'only-read' : 'field-label'} htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className="field-input"
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
