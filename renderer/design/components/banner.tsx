import { CircleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import { useMessageOf, useTexts } from '../../texts/use-texts.ts';
import { IconButton } from './button.tsx';
import './banner.css';

type BannerProps = {
  /** @default 'note' */
  readonly kind?: 'note' | 'problem';
  readonly title?: string;
  readonly children: ReactNode;
  /** Buttons: the next step. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
};

/** Something that stays true for a while and that a person should know, with what they can do about it. */
export function Banner({ kind = 'note', title, children, actions, onDismiss }: BannerProps) {
  const texts = useTexts();
  const Icon = kind === 'problem' ? CircleAlert : Info;
  return (
    <div className={`banner banner-${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon aria-hidden size="1.25em" className="banner-icon" />
      <div className="banner-text">
        {title !== undefined && <strong>{title}</strong>}
        <span>{children}</span>
      </div>
      {actions}
      {onDismiss !== undefined && <IconButton icon={X} label={texts.common.dismiss} onClick={onDismiss} />}
    </div>
  );
}

type ErrorBannerProps = {
  readonly error: { readonly code: ErrorInfo['code']; readonly details: ErrorInfo['details'] };
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
};

/** An error in words, with the next step. */
export function ErrorBanner({ error, ...rest }: ErrorBannerProps) {
  const messageOf = useMessageOf();
  return (
    <Banner kind="problem" {...rest}>
      {messageOf(error)}
    </Banner>
  );
}
