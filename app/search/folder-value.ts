/** What a quoted value cannot hold as it is. */
const unquotable = /[%"“”„‟«»\p{Cc}]/gu;

/** The filter that finds what is in a folder, by its whole path, and below it. */
export function formatFolder(path: string): string {
  return `in:"${path.replaceAll(unquotable, (character) => encodeURIComponent(character))}"`;
}

/** The path of such a filter's value: with `/`, and none at the end. */
export function toFolderPath(value: string): string {
  const decoded = value.replaceAll(/(?:%[0-9a-f]{2})+/gi, (code) => {
    try {
      return decodeURIComponent(code);
    } catch {
      return code;
    }
  });
  return decoded.replaceAll('\\', '/').replace(/\/+$/, '');
}
