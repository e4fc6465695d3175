/** Style sheets are imported for their effect; the build puts them all into one file. */
declare module '*.css' {}
