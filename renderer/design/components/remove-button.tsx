import type { LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ErrorBanner } from './banner.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

type RemoveButtonProps = {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Of the dialog: what would be removed. */
  readonly title: string;
  /** What goes and what stays. */
  readonly children: ReactNode;
  /** On the button that does it. */
  readonly agree: string;
  readonly isCalling: boolean;
  readonly error: ErrorInfo | null;
  /** Gives `undefined` when it failed; then the dialog stays, with the error. */
  readonly onRemove: () => Promise<unknown>;
};

/** Removes something after a person has read what that takes away. */
export function RemoveButton({
  icon,
  label,
  title,
  children,
  agree,
  isCalling,
  error,
  onRemove,
}: RemoveButtonProps) {
  const texts = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => {
    setIsOpen(false);
  };
  const remove = async (): Promise<void> => {
    if ((await onRemove()) !== undefined) close();
  };
  return (
    <>
      <Button
        icon={icon}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {label}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={title}
        actions={
          <>
            <Button onClick={close}>{texts.common.cancel}</Button>
            <Button kind="danger" disabled={isCalling} onClick={() => void remove()}>
              {agree}
            </Button>
          </>
        }
      >
        <p>{children}</p>
        {error !== null && <ErrorBanner error={error} />}
      </Dialog>
    </>
  );
}
