/** Style sheets are imported for their effect; the build puts them all into one file. */
declare module '*.css' {}

/** Of the release; the build writes it in. */
declare const CUTLINE_VERSION: string;
