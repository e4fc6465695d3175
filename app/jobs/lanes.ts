/** Reading files: facts, sizes, hashes. */
export const ingestLane = 'ingest';
/** Thumbnails, colours and perceptual hashes of photos that nothing else has decoded. */
export const thumbnailLane = 'thumbnails';
/** Reading text in photos: nobody waits for it. */
export const textLane = 'text';
/** ExifTool, behind the fast first pass. */
export const thoroughFactsLane = 'thorough-facts';
/** What somebody looks at, and waits for. */
export const screenLane = 'screen';
