/** The frame around the views. */
export const layout = {
  skipToContent: 'Skip to the photos',
  navigation: 'Library',
  inspector: 'Inspector',
  status: 'Status',
  showSidebar: 'Show the sidebar',
  hideSidebar: 'Hide the sidebar',
};
