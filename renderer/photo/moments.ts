import type { Moment } from '../../app/contract/models.ts';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `0:12`, `1:05:30`. */
export function toClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `:${twoDigits(seconds % 60)}`;
  return hours === 0 ? `${String(minutes)}${tail}` : `${String(hours)}:${twoDigits(minutes)}${tail}`;
}

/** The first moment that has one of the words that were searched for; without filters (`rating:>=3`) and what is left out. */
export function momentOf(query: string, moments: readonly Moment[]): Moment | undefined {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => !word.startsWith('-') && !word.includes(':'))
    .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length > 2);
  if (words.length === 0) return undefined;
  return moments.find(({ text }) => {
    const said = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.some((word) =>
      said.some((one) => one.startsWith(word) || (one.length > 3 && word.startsWith(one))),
    );
  });
}
