/** Settings that every section shares, and those of looks and of describing. */
export const settings = {
  title: 'Settings',
  sections: {
    connections: 'Connections',
    folders: 'Folders',
    prompts: 'Describing',
    usage: 'Usage',
    appearance: 'Appearance',
    about: 'About',
  },
  theme: 'Theme',
  themes: { system: 'As the system', dark: 'Dark', light: 'Light' },
  contrast: 'Contrast',
  contrastHint: 'More: plainer lines and darker text, or lighter in the dark theme.',
  contrasts: { system: 'As the system', more: 'More' },
  language: 'Language of this window',
  asSystem: 'As the system',
  textSize: 'Text size',
  textSizeHint: 'Everything grows with it.',
  notifications: 'Tell me when a run ends',
  notificationsHint: 'By a notification of the system, while this window is not in front.',
  pauseOnBattery: 'Rest on battery',
  pauseOnBatteryHint: 'Describing waits until the computer is plugged in again.',
  detail: 'Detail',
  detailHint:
    'How closely a model looks, and so what a photo costs. “As each photo needs” looks closely only where there is text or fine detail.',
  descriptionLanguage: 'Language of descriptions',
  fields: 'Ask for',
  monthlyBudget: 'Budget for a month, in US dollars',
  monthlyBudgetHint:
    'For everything that is sent, beside the limits of runs and folders. Empty: no limit of its own.',
  noAmount: 'Enter an amount above 0, such as 5 or 2.50.',
};
