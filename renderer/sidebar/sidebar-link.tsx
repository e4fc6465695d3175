import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatRoute, type Route } from '../routes.ts';
import { useRoute } from '../state/route.ts';
import { formatCount } from '../texts/format.ts';
import { useLanguage } from '../texts/use-texts.ts';

type SidebarLinkProps = {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly route: Route;
  readonly count?: number | undefined;
  /** The whole of what `label` is a part of, shown when the pointer rests. */
  readonly hint?: string;
  /** A word about its state: `offline`. */
  readonly note?: string | undefined;
  /** What is under it. */
  readonly children?: ReactNode;
};

/** One place of the sidebar, with how many photos are there. */
export function SidebarLink({ icon: Icon, label, route, count, hint, note, children }: SidebarLinkProps) {
  const language = useLanguage();
  const current = useRoute();
  const isCurrent =
    current.view === route.view &&
    (current.view !== 'library' || (route.view === 'library' && current.query === route.query));
  return (
    <li>
      <a
        className="sidebar-link"
        href={formatRoute(route)}
        title={hint}
        aria-current={isCurrent ? 'page' : undefined}
      >
        <Icon aria-hidden size="1.1em" />
        <span className="sidebar-label">{label}</span>
        {note !== undefined && <span className="sidebar-note">{note}</span>}
        {count !== undefined && <span className="sidebar-count">{formatCount(count, language)}</span>}
      </a>
      {children}
    </li>
  );
}
