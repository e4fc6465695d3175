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
  /** How many folders it is below. @default 0 */
  readonly depth?: number;
  /** What folds and unfolds what is below it. */
  readonly before?: ReactNode;
};

/** One place of the sidebar, with how many photos are there. */
export function SidebarLink({
  icon: Icon,
  label,
  route,
  count,
  hint,
  note,
  depth = 0,
  before,
}: SidebarLinkProps) {
  const language = useLanguage();
  const current = useRoute();
  const isCurrent =
    current.view === route.view &&
    (current.view !== 'library' ||
      (route.view === 'library' &&
        current.query === route.query &&
        (current.sort === 'described') === (route.sort === 'described')));
  return (
    <li className="sidebar-item" style={{ paddingLeft: `${String(depth * 0.85)}rem` }}>
      {before}
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
    </li>
  );
}
