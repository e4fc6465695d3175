import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { setAppearance, useAppearance } from '../state/appearance.ts';
import { useTexts } from '../texts/use-texts.ts';
import './layout.css';

/** From here down the sidebar lies over the view instead of beside it. */
const narrow = window.matchMedia('(max-width: 52rem)');

function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(narrow.matches);
  useEffect(() => {
    const follow = (): void => {
      setIsNarrow(narrow.matches);
      setAppearance({ isSidebarOver: false });
    };
    narrow.addEventListener('change', follow);
    return () => {
      narrow.removeEventListener('change', follow);
    };
  }, []);
  return isNarrow;
}

type LayoutProps = {
  readonly banner: ReactNode;
  readonly sidebar: ReactNode;
  readonly statusBar: ReactNode;
  /** The view: a `View`. */
  readonly children: ReactNode;
};

/** The frame of the window: sidebar, view, status bar. In a narrow window the sidebar opens over the view. */
export function Layout({ banner, sidebar, statusBar, children }: LayoutProps) {
  const texts = useTexts();
  const isNarrow = useIsNarrow();
  const isSidebarWanted = useAppearance((appearance) => appearance.isSidebarOpen);
  const isSidebarOver = useAppearance((appearance) => appearance.isSidebarOver);
  const isSidebarShown = isNarrow ? isSidebarOver : isSidebarWanted;
  useEffect(() => {
    // What lies over the view is closed when a place was chosen in it.
    const close = (): void => {
      setAppearance({ isSidebarOver: false });
    };
    window.addEventListener('hashchange', close);
    return () => {
      window.removeEventListener('hashchange', close);
    };
  }, []);
  return (
    <div className="layout" data-sidebar={isSidebarShown ? 'shown' : 'hidden'}>
      <a className="layout-skip" href="#view" onClick={skipToView}>
        {texts.layout.skipToContent}
      </a>
      {isSidebarShown && (
        <nav className="layout-sidebar" aria-label={texts.layout.navigation}>
          {sidebar}
        </nav>
      )}
      {isNarrow && isSidebarShown && (
        <button
          type="button"
          className="layout-shade"
          aria-label={texts.layout.hideSidebar}
          onClick={() => {
            setAppearance({ isSidebarOver: false });
          }}
        />
      )}
      <div className="layout-view">
        {banner}
        {children}
      </div>
      <footer className="layout-status" aria-label={texts.layout.status}>
        {statusBar}
      </footer>
    </div>
  );
}

function skipToView(event: { preventDefault: () => void }): void {
  // The address is the route: the link must not change it.
  event.preventDefault();
  document.querySelector<HTMLElement>('#view')?.focus();
}

/** Shows or hides the sidebar, whichever way it is shown now. */
export function toggleSidebar(): void {
  const { isSidebarOpen, isSidebarOver } = useAppearance.getState();
  setAppearance(narrow.matches ? { isSidebarOver: !isSidebarOver } : { isSidebarOpen: !isSidebarOpen });
}
