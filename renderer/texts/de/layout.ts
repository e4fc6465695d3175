import type { layout as english } from '../en/layout.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('de');

export const layout: typeof english = {
  skipToContent: 'Zu den Fotos springen',
  navigation: 'Bibliothek',
  inspector: 'Informationen',
  status: 'Status',
  showSidebar: 'Seitenleiste einblenden',
  hideSidebar: 'Seitenleiste ausblenden',
  statusPhotos: (photos, described) =>
    `${photos} · ${n(described, { one: '# beschrieben', other: '# beschrieben' })}`,
};
