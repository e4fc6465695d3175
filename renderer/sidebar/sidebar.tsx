import { FolderClosed, Images, TriangleAlert } from 'lucide-react';
import { useQueryOf } from '../engine/hooks.ts';
import { libraryRoute, type Route } from '../routes.ts';
import { useTexts } from '../texts/use-texts.ts';
import { SidebarGroup } from './sidebar-group.tsx';
import { SidebarLink } from './sidebar-link.tsx';
import './sidebar.css';

function routeOf(query: string): Route {
  return { ...libraryRoute, query };
}

/** The ways into the library: all of it, what needs a person, folders. */
export function Sidebar() {
  const texts = useTexts();
  const { data: status } = useQueryOf('library.status', {});
  return (
    <div className="sidebar">
      <SidebarGroup id="library" title={texts.sidebar.library}>
        <SidebarLink icon={Images} label={texts.sidebar.all} route={libraryRoute} count={status?.photos} />
        <SidebarLink
          icon={TriangleAlert}
          label={texts.sidebar.problems}
          route={routeOf('is:problem')}
          count={status?.problems}
        />
      </SidebarGroup>
      <SidebarGroup id="folders" title={texts.sidebar.folders}>
        {status?.roots.map((root) => (
          <SidebarLink
            key={root.id}
            icon={FolderClosed}
            label={root.path.split(/[/\\]/).findLast((part) => part !== '') ?? root.path}
            hint={root.path}
            route={routeOf(`folder:"${root.path}"`)}
            count={root.photos}
            note={root.state === 'offline' ? texts.sidebar.offline : undefined}
          />
        ))}
      </SidebarGroup>
    </div>
  );
}
