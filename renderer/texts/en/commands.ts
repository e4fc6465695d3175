/** Titles of commands, as menus, the palette and the cheat sheet show them. */
export const commands = {
  goToLibrary: 'Go to the library',
  goToRuns: 'Go to the runs',
  goToSettings: 'Settings',
  setUp: 'Set up photos and who describes them',
  toggleSidebar: 'Show or hide the sidebar',
  themeDark: 'Dark theme',
  themeLight: 'Light theme',
  themeSystem: 'Theme of the system',
  largerText: 'Larger text',
  smallerText: 'Smaller text',
  usualText: 'Usual text size',
  groups: {
    go: 'Go to',
    view: 'View',
    selection: 'Selection',
    photo: 'Photo',
    edit: 'Edit',
    queue: 'Queue',
  },
};
