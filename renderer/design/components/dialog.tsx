import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import './dialog.css';

type DialogProps = {
  readonly isOpen: boolean;
  /** Escape, the cross, a click beside it. */
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the most likely last. */
  readonly actions?: ReactNode;
  /** What has the keyboard at first. @default the first thing in it that can */
  readonly initialFocus?: () => HTMLElement | true;
  /** @default 'medium' */
  readonly size?: 'medium' | 'large';
};

/** Asks something before going on. The rest of the window cannot be used meanwhile. */
export function Dialog({
  isOpen,
  onClose,
  title,
  children,
  actions,
  initialFocus,
  size = 'medium',
}: DialogProps) {
  const texts = useTexts();
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="dialog-shade" />
        <Base.Viewport className="dialog-place">
          <Base.Popup
            className={`dialog dialog-${size}`}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            <header className="dialog-head">
              <Base.Title className="dialog-title">{title}</Base.Title>
              <Base.Close className="icon-button" aria-label={texts.common.close}>
                <X aria-hidden size="1.2em" />
              </Base.Close>
            </header>
            <div className="dialog-body">{children}</div>
            {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
