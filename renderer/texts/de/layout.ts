import type { layout as english } from '../en/layout.ts';

export const layout: typeof english = {
  skipToContent: 'Zu den Fotos springen',
  navigation: 'Bibliothek',
  inspector: 'Informationen',
  status: 'Status',
  showSidebar: 'Seitenleiste einblenden',
  hideSidebar: 'Seitenleiste ausblenden',
};
