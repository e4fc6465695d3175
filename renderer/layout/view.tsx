import { PanelLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../design/components/button.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { toggleSidebar } from './layout.tsx';
import './view.css';

type ViewProps = {
  /** Of the view; read aloud, and shown unless `search` takes its place. */
  readonly title: string;
  /** The middle of the toolbar: the search field. */
  readonly search?: ReactNode;
  /** The right of the toolbar. */
  readonly tools?: ReactNode;
  /** Beside the view: what is known of what is selected. */
  readonly inspector?: ReactNode;
  readonly children: ReactNode;
};

/** One view in the layout: toolbar, content, and perhaps an inspector. Every view is one. */
export function View({ title, search, tools, inspector, children }: ViewProps) {
  const texts = useTexts();
  return (
    <>
      <header className="view-toolbar">
        <IconButton
          icon={PanelLeft}
          label={texts.commands.toggleSidebar}
          keys="mod+b"
          onClick={toggleSidebar}
        />
        <h1 className={search === undefined ? 'view-title' : 'only-read'}>{title}</h1>
        <div className="view-search">{search}</div>
        <div className="view-tools">{tools}</div>
      </header>
      <div className="view-body">
        <main id="view" className="view-content" tabIndex={-1}>
          {children}
        </main>
        {inspector !== undefined && (
          <aside className="view-inspector" aria-label={texts.layout.inspector}>
            {inspector}
          </aside>
        )}
      </div>
    </>
  );
}
