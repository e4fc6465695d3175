import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { FacetField } from '../../app/contract/procedures/facet.ts';
import { useQueryOf } from '../engine/hooks.ts';
import { libraryRoute } from '../routes.ts';
import { useAppearance } from '../state/appearance.ts';
import { useTexts } from '../texts/use-texts.ts';
import { SidebarGroup } from './sidebar-group.tsx';
import { SidebarLink } from './sidebar-link.tsx';

type FacetGroupProps = {
  readonly field: FacetField;
  readonly title: string;
  readonly icon: LucideIcon;
};

const fewValues = 6;
const manyValues = 200;

/** What photos have in common, most photos first. Nothing is asked while it is folded; without a value it is not there. */
export function FacetGroup({ field, title, icon }: FacetGroupProps) {
  const texts = useTexts();
  const isFolded = useAppearance((appearance) => appearance.folded.includes(field));
  const [limit, setLimit] = useState(fewValues);
  const { data } = useQueryOf(
    'facet.list',
    { fields: [field], limit },
    { enabled: !isFolded, keepsPrevious: true },
  );
  const facet = data?.facets[0];
  if (facet !== undefined && facet.values.length === 0) return null;
  return (
    <SidebarGroup id={field} title={title}>
      {facet?.values.map(({ value, count, query }) => (
        <SidebarLink key={value} icon={icon} label={value} count={count} route={{ ...libraryRoute, query }} />
      ))}
      {facet !== undefined && facet.distinct > facet.values.length && limit === fewValues && (
        <li>
          <button
            type="button"
            className="sidebar-more"
            onClick={() => {
              setLimit(manyValues);
            }}
          >
            {texts.sidebar.showMore}
          </button>
        </li>
      )}
    </SidebarGroup>
  );
}
