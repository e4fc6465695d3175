import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import './toast.css';

const manager = Base.createToastManager();

type ToastOptions = {
  /** What a person can do about it; the toast goes when it is pressed. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** @default 'plain' */
  readonly kind?: 'plain' | 'problem';
};

/**
 * Says in passing that something was done or went wrong; read aloud too. For what must be seen, use `Banner`.
 *
 * @returns takes it away again
 */
export function showToast(text: string, { action, kind = 'plain' }: ToastOptions = {}): () => void {
  const id = manager.add({
    description: text,
    type: kind,
    priority: kind === 'problem' ? 'high' : 'low',
    timeout: action === undefined && kind === 'plain' ? 5000 : 12_000,
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.run();
              manager.close(id);
            },
          },
        }),
  });
  return () => {
    manager.close(id);
  };
}

function List() {
  const { toasts } = Base.useToastManager();
  const texts = useTexts();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className={`toast toast-${toast.type ?? 'plain'}`}
      aria-label={typeof toast.description === 'string' ? toast.description : texts.common.notifications}
    >
      <Base.Content className="toast-content">
        <Base.Description className="toast-text" />
        {toast.actionProps !== undefined && <Base.Action className="button button-plain" />}
        <Base.Close className="icon-button" aria-label={texts.common.dismiss}>
          <X aria-hidden size="1.1em" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}

/** Around the window: where toasts appear. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const texts = useTexts();
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="toasts" aria-label={texts.common.notifications}>
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
