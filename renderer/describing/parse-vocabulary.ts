/** A vocabulary as a person types it: keywords between commas or on lines of their own, each once. */
export function parseVocabulary(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((keyword) => keyword.trim().replaceAll(/\s+/g, ' ')))].filter(
    (keyword) => keyword !== '',
  );
}
