/** What Cutline stands on. */
export const about = {
  what: 'Cutline describes your photos with the model that you chose, keeps what was said in one library on this machine, and finds your photos again by words. It never changes an original.',
  version: 'Release',
  library: 'This library is in',
  thanks: 'With thanks to',
  sources: [
    'GeoNames (geonames.org), for the names of places, under CC BY 4.0',
    'ExifTool by Phil Harvey, which reads what is written in photos',
    'WordNet by Princeton University, for words of one kind',
    'libvips and sharp, SQLite, Electron, React and many more; their licences come with the app',
  ],
};
