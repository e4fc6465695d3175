import { ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { setAppearance, useAppearance } from '../state/appearance.ts';

type SidebarGroupProps = {
  /** Under which it is remembered that it is folded. */
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
};

/** Folds or unfolds a group or a folder of the sidebar; remembered. */
export function toggleFolded(id: string): void {
  const { folded } = useAppearance.getState();
  setAppearance({ folded: folded.includes(id) ? folded.filter((other) => other !== id) : [...folded, id] });
}

/** A heading of the sidebar, with what is under it; can be folded. */
export function SidebarGroup({ id, title, children }: SidebarGroupProps) {
  const isFolded = useAppearance((appearance) => appearance.folded.includes(id));
  const listId = useId();
  return (
    <section className="sidebar-group">
      <h2 className="sidebar-heading">
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-controls={listId}
          onClick={() => {
            toggleFolded(id);
          }}
        >
          <ChevronRight aria-hidden size="1em" className="sidebar-arrow" />
          {title}
        </button>
      </h2>
      <ul id={listId} hidden={isFolded}>
        {children}
      </ul>
    </section>
  );
}
