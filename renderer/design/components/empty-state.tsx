import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './empty-state.css';

type EmptyStateProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** Why it is empty, and what to do. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** In place of a view that has nothing to show. */
export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Icon aria-hidden size="2.5rem" strokeWidth={1.25} className="empty-state-icon" />
      <h2 className="empty-state-title">{title}</h2>
      <p className="empty-state-text">{children}</p>
      {actions !== undefined && <div className="empty-state-actions">{actions}</div>}
    </div>
  );
}
