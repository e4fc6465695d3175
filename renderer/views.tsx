import type { ReactNode } from 'react';
import { FirstStartView } from './first-start/first-start-view.tsx';
import { LibraryView } from './library/library-view.tsx';
import { PhotoView } from './photo/photo-view.tsx';
import type { ViewName } from './routes.ts';
import { RunsView } from './runs/runs-view.tsx';
import { SettingsView } from './settings/settings-view.tsx';
import { VideoIndexView } from './video-index/video-index-view.tsx';

/**
 * The view of each route. A route whose view is not there yet shows the library, and nothing links to it (`hasView`).
 */
const views: { readonly [Name in ViewName]?: ReactNode } & { readonly library: ReactNode } = {
  library: <LibraryView />,
  'first-start': <FirstStartView />,
  photo: <PhotoView />,
  runs: <RunsView />,
  settings: <SettingsView />,
  'video-index': <VideoIndexView />,
};

export function viewOf(name: ViewName): ReactNode {
  return views[name] ?? views.library;
}

export function hasView(name: ViewName): boolean {
  return views[name] !== undefined;
}
