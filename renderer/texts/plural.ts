/** The forms that a language has for a number; `other` is always there. English and German have no more than these. */
type Forms = { readonly one: string; readonly other: string };

/**
 * Chooses the form for a count and puts the count, as the language writes it, in place of `#`: `n(1234, { one: '# photo',
 * other: '# photos' })` is `1,234 photos`.
 */
export function pluralIn(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, { one, other }) =>
    (rules.select(count) === 'one' ? one : other).replace('#', numbers.format(count));
}
