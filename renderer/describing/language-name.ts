/** A language's name in another language, `pt-BR` in `en` = `Brazilian Portuguese`; `undefined` when it is no code of one. */
export function languageName(tag: string, language: string): string | undefined {
  try {
    const [known] = Intl.getCanonicalLocales(tag);
    const name =
      known === undefined ? undefined : new Intl.DisplayNames([language], { type: 'language' }).of(known);
    return name === known || name === tag ? undefined : name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
