import type { GridSort } from '../routes.ts';

/** The order of a grid when a person chose none: what matches best for words, the newest otherwise. */
export function usualSort(query: string): GridSort {
  return /(^|\s)[^\s:]+($|\s)/.test(query.trim()) ? 'relevance' : 'newest';
}
