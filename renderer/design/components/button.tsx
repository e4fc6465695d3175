import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Tooltip } from './tooltip.tsx';
import './button.css';

type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  /** `primary`: the one thing that most people want here. @default 'plain' */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: LucideIcon;
  /** It does just now what it does: nothing more happens, and it keeps the keyboard, which a disabled one loses. */
  readonly isBusy?: boolean;
};

export function Button({
  kind = 'plain',
  icon: Icon,
  children,
  type = 'button',
  isBusy = false,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`button button-${kind}`}
      aria-disabled={isBusy ? true : undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {Icon !== undefined && <Icon aria-hidden size="1.15em" />}
      <span className="button-text">{children}</span>
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'className' | 'children'> & {
  readonly icon: LucideIcon;
  /** Read aloud, and shown as a hint. */
  readonly label: string;
  /** Shown in the hint; see `commands/keys.ts`. */
  readonly keys?: string;
  /** For a button that stays down. */
  readonly isPressed?: boolean;
};

export function IconButton({
  icon: Icon,
  label,
  keys,
  isPressed,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button {...rest} type={type} className="icon-button" aria-label={label} aria-pressed={isPressed}>
        <Icon aria-hidden size="1.2em" />
      </button>
    </Tooltip>
  );
}
