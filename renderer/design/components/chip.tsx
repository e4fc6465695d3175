import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import './chip.css';

type ChipProps = {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  readonly onRemove?: () => void;
  /** What the cross does, with the chip's own word: `Remove “dog”`. Needed with `onRemove`. */
  readonly removeLabel?: string;
};

/** A keyword, a filter: one small thing of several. */
export function Chip({ children, onClick, onRemove, removeLabel }: ChipProps) {
  return (
    <span className="chip">
      {onClick === undefined ? (
        <span className="chip-text">{children}</span>
      ) : (
        <button type="button" className="chip-text" onClick={onClick}>
          {children}
        </button>
      )}
      {onRemove !== undefined && (
        <button type="button" className="chip-remove" aria-label={removeLabel} onClick={onRemove}>
          <X aria-hidden size="0.9em" />
        </button>
      )}
    </span>
  );
}
