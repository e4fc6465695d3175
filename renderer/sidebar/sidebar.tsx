import {
  Bookmark,
  Camera,
  Captions,
  CircleDashed,
  CircleHelp,
  Eye,
  History,
  Images,
  ListChecks,
  MapPin,
  Search,
  Settings,
  Tag,
  TriangleAlert,
} from 'lucide-react';
import { Kbd } from '../design/components/kbd.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { showOverlay } from '../palette/open-overlay.ts';
import { libraryRoute } from '../routes.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FacetGroup } from './facet-group.tsx';
import { FolderTree } from './folder-tree.tsx';
import { SidebarGroup } from './sidebar-group.tsx';
import { SidebarLink } from './sidebar-link.tsx';
import './sidebar.css';

function routeOf(query: string): typeof libraryRoute {
  return { ...libraryRoute, query };
}

/** The ways into the library: all of it, what needs a person, folders, and what photos have in common. */
export function Sidebar() {
  const texts = useTexts();
  const { data: summary } = useQueryOf('library.summary', {});
  const { data: searches = [] } = useQueryOf('savedSearch.list', {});
  return (
    <div className="sidebar">
      <SidebarGroup id="library" title={texts.sidebar.library}>
        <SidebarLink icon={Images} label={texts.sidebar.all} route={libraryRoute} count={summary?.photos} />
        <SidebarLink
          icon={Captions}
          label={texts.sidebar.described}
          route={routeOf('is:described')}
          count={summary?.said}
        />
        <SidebarLink
          icon={History}
          label={texts.sidebar.recent}
          route={{ ...routeOf('is:described'), sort: 'described' }}
        />
        <SidebarLink
          icon={CircleDashed}
          label={texts.sidebar.undescribed}
          route={routeOf('is:undescribed')}
          count={summary === undefined ? undefined : summary.photos - summary.said}
        />
        <SidebarLink
          icon={Eye}
          label={texts.sidebar.review}
          route={routeOf('review:draft')}
          count={summary?.needsReview}
        />
        {summary !== undefined && summary.doubtful > 0 && (
          <SidebarLink
            icon={CircleHelp}
            label={texts.sidebar.doubtful}
            route={routeOf('is:doubtful')}
            count={summary.doubtful}
            depth={1}
          />
        )}
        <SidebarLink
          icon={TriangleAlert}
          label={texts.sidebar.failed}
          route={routeOf('is:failed')}
          count={summary?.failed}
        />
      </SidebarGroup>
      <FolderTree />
      {searches.length > 0 && (
        <SidebarGroup id="searches" title={texts.sidebar.searches}>
          {searches.map(({ id, name, query, sort }) => (
            <SidebarLink
              key={id}
              icon={Bookmark}
              label={name}
              hint={query}
              route={{ view: 'library', query, sort }}
            />
          ))}
        </SidebarGroup>
      )}
      <FacetGroup field="keyword" title={texts.sidebar.keywords} icon={Tag} />
      <FacetGroup field="place" title={texts.sidebar.places} icon={MapPin} />
      <FacetGroup field="camera" title={texts.sidebar.cameras} icon={Camera} />
      <ul className="sidebar-foot">
        <SidebarLink icon={ListChecks} label={texts.sidebar.runs} route={{ view: 'runs', runId: null }} />
        <SidebarLink
          icon={Settings}
          label={texts.sidebar.settings}
          route={{ view: 'settings', section: 'connections' }}
        />
        <li>
          <button
            type="button"
            className="sidebar-link"
            onClick={() => {
              showOverlay('palette');
            }}
          >
            <Search aria-hidden size="1.1em" />
            <span className="sidebar-label">{texts.sidebar.commands}</span>
            <Kbd keys="mod+k" />
          </button>
        </li>
      </ul>
    </div>
  );
}
